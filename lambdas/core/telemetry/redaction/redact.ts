import { createRedactor } from './create-redactor';

/** Everything that is recognised but IP addresses, in full. What a function is configured with is made of this one. */
export const REDACTOR = createRedactor();

/** `text` without secrets and personal data; long texts are cut. */
export const redactText = REDACTOR.text;

/** A copy of any value for logs and traces: texts redacted, fields with secret names blanked, size bounded. */
export const redact = REDACTOR.value;

/** `redact` for the fields of one object. */
export const redactFields = REDACTOR.fields;
