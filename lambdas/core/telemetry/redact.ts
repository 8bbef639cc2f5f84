export { redact, redactFields, redactText } from './redaction/redact';
