import { createFind } from './create-find';
import { createRedactText, untilStable } from './create-redact-text';
import type { CustomPattern } from './custom-patterns';
import { createReadFieldName } from './field-names';
import { KINDS } from './kinds';
import { createMarks, DEFAULT_MARK } from './mark';
import { redactFields, redactValue, type WalkOptions } from './walk';

export type RedactorOptions = {
  /** IP addresses too. @default false */
  ipAddresses?: boolean;
  /** Shows the first and last two characters of long e-mail addresses and phone numbers. @default false */
  partial?: boolean;
  /** What stands in the place of what was redacted; `{KIND}` becomes its kind. @default '[REDACTED_{KIND}]' */
  text?: string;
  /** One's own kinds. @default [] */
  patterns?: readonly CustomPattern[];
  /** Whether personal data and custom kinds are redacted; keys, tokens and passwords always are. @default true */
  personalData?: boolean;
  /** Where texts are cut, in characters of what was given. @default 4000 */
  longestText?: number;
};

/** Takes secrets and personal data out of what is logged, traced or recorded. Never changes what it is given. */
export type Redactor = {
  /** A text without secrets; long texts are cut. */
  text: (text: string) => string;
  /** A copy of any value as plain JSON data: nested fields, arrays, errors, maps, sets. Never throws. */
  value: (value: unknown) => unknown;
  /** The same for the fields of one object. */
  fields: (fields: object) => Record<string, unknown>;
  /** Whether a text holds anything that would be redacted. */
  finds: (text: string) => boolean;
  /** Another redactor: this one's options with some changed. */
  with: (changes: RedactorOptions) => Redactor;
};

const DEFAULTS = {
  ipAddresses: false,
  partial: false,
  text: DEFAULT_MARK,
  patterns: [],
  personalData: true,
  longestText: 4_000,
} as const satisfies Required<RedactorOptions>;

/** Throws an error that names the text of marks, or the first pattern, that cannot be used, and says why. */
export const createRedactor = (options: RedactorOptions = {}): Redactor => {
  const { text: mark, ...settings } = { ...DEFAULTS, ...options };
  const marks = createMarks(mark);
  const find = createFind({ ...settings, marks });
  const redactOnce = createRedactText({ ...settings, find, marks });
  const redactText = settings.patterns.length === 0 ? redactOnce : untilStable(redactOnce);
  const walk: WalkOptions = {
    redactText,
    readFieldName: createReadFieldName(redactText, marks),
    markOf: (kind) => (settings.personalData || KINDS[kind] === 'credential' ? marks.of(kind) : undefined),
  };
  return {
    text: redactText,
    value: (value) => redactValue(value, walk),
    fields: (fields) => redactFields(fields, walk),
    finds: (text) => find(text).length > 0,
    with: (changes) => createRedactor({ ...options, ...changes }),
  };
};
