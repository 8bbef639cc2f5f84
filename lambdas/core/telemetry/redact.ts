const SECRET_NAMES = /^(proxy-)?authorization$|^(set-)?cookie$|^x-api-key$|^api[-_]?key$|^password$|^secret$|^pepper$/i;

const SECRET_TEXTS: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/\bfg_[0-9A-Za-z]+_[0-9A-Za-z]+/g, 'fg_[redacted]'],
  [/\b(Bearer|Basic)\s+[^\s"',;]+/gi, '$1 [redacted]'],
  [/\b(AKIA|ASIA)[0-9A-Z]{12,}\b/g, '[redacted]'],
];

const REDACTED = '[redacted]';
const LONGEST_TEXT = 4_000;
const DEEPEST = 8;

/** `text` without anything that looks like a gateway key, an Authorization value or an AWS access key; long texts are cut. */
export const redactText = (text: string): string => {
  const clean = SECRET_TEXTS.reduce((left, [pattern, replacement]) => left.replace(pattern, replacement), text);
  return clean.length > LONGEST_TEXT ? `${clean.slice(0, LONGEST_TEXT)}...` : clean;
};

/** A copy of `value` for logs and traces: texts redacted, fields with secret names blanked, depth bounded. */
export const redact = (value: unknown, depth = 0): unknown => {
  if (typeof value === 'string') return redactText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= DEEPEST) return '[too deep]';
  if (Array.isArray(value)) return value.map((entry) => redact(entry, depth + 1));
  return redactFields(value, depth + 1);
};

/** `redact` for the fields of one object. */
export const redactFields = (fields: object, depth = 0): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, SECRET_NAMES.test(name) ? REDACTED : redact(value, depth)]),
  );
