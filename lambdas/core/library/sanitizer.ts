import { createRedactor, type Redactor, type RedactorOptions } from '../telemetry/redaction/create-redactor';
import type { CustomPattern } from '../telemetry/redaction/custom-patterns';

/** Takes secrets and personal data out of texts and values. Immutable: each change makes another. */
export type Sanitizer = Pick<Redactor, 'text' | 'value' | 'fields' | 'finds'> & {
  /** One that knows a kind of one's own too. Throws when the pattern cannot be used, and says why. */
  addPattern(pattern: CustomPattern): Sanitizer;
  /** One that shows the first and last characters of addresses and phone numbers. */
  enablePartialRedaction(): Sanitizer;
  /** One that puts another text in the place of what it takes out; `{KIND}` becomes the kind. Throws for an unusable text. */
  setRedactionText(text: string): Sanitizer;
};

/** Throws an error that names the pattern or the text which cannot be used. */
export const createSanitizer = (options: RedactorOptions = {}): Sanitizer => {
  const { text, value, fields, finds } = createRedactor(options);
  return {
    text,
    value,
    fields,
    finds,
    addPattern: (pattern) => createSanitizer({ ...options, patterns: [...(options.patterns ?? []), pattern] }),
    enablePartialRedaction: () => createSanitizer({ ...options, partial: true }),
    setRedactionText: (mark) => createSanitizer({ ...options, text: mark }),
  };
};

const SANITIZER = createSanitizer();

/** The sanitizer that knows what the gateway's own logs know, in full and without addresses of machines. */
export const getSanitizer = (): Sanitizer => SANITIZER;
