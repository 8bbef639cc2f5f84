import { createRedactor, type Redactor, type RedactorOptions } from './create-redactor';

let redactor: Redactor = createRedactor();

/**
 * How everything that leaves this process is redacted from now on; until it is called, all that is recognised but IP
 * addresses. One redactor for the process, set where its environment is read: no log, trace or record can be given a
 * laxer one by mistake. Throws an error that names the option which cannot be used.
 */
export const configureRedaction = (options: RedactorOptions): void => {
  redactor = createRedactor(options);
};

/** `text` without secrets and personal data; long texts are cut. */
export const redactText = (text: string): string => redactor.text(text);

/** A copy of any value for logs and traces: texts redacted, fields with secret names blanked, size bounded. */
export const redact = (value: unknown): unknown => redactor.value(value);

/** `redact` for the fields of one object. */
export const redactFields = (fields: object): Record<string, unknown> => redactor.fields(fields);

/** Whether a text holds anything that would be redacted. */
export const holdsSecret = (text: string): boolean => redactor.finds(text);
