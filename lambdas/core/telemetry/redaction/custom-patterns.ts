import { measurePattern, PatternError } from './measure-pattern';
import type { Found } from './scan';

/** Something of one's own that is to be redacted: `{ name: 'custom_id', pattern: 'CUST-\\d{6}' }`. */
export type CustomPattern = {
  /** In lower case; the kind that the mark carries. */
  name: string;
  /** A JavaScript regular expression without slashes and flags. */
  pattern: string;
};

export const MOST_PATTERNS = 10;
const LONGEST_PATTERN = 120;
/** What one pattern may cost at one place of a text, in characters looked at. */
const MOST_STEPS = 2_000;

/**
 * What is wrong with a pattern, as the end of a sentence that begins with its name; undefined when nothing is. One that
 * passes takes a bounded time at each place of a text, so that no text can make it slow.
 */
export const faultOfPattern = (pattern: string): string | undefined => {
  if (pattern.length > LONGEST_PATTERN) return `is longer than ${LONGEST_PATTERN} characters`;
  try {
    const { ways, least, most } = measurePattern(pattern);
    new RegExp(pattern);
    if (least === 0) return 'matches an empty text: make some part of it necessary';
    const steps = ways * most;
    if (steps > MOST_STEPS) return `can match in too many ways (${Math.min(steps, 1e9)} steps a place): repeat less`;
  } catch (error) {
    if (error instanceof PatternError) return error.message;
    if (error instanceof SyntaxError) return 'is no regular expression';
    throw error;
  }
  return undefined;
};

/** Finds what custom patterns match in `text`, which begins at `offset` of the text that the places are told for. */
export type FindCustom = (text: string, offset: number) => Found[];

/** Throws an error that names the first pattern at fault. */
export const createFindCustom = (patterns: readonly CustomPattern[]): FindCustom => {
  const compiled = patterns.map(({ name, pattern }) => {
    const fault = faultOfPattern(pattern);
    if (fault !== undefined) throw new PatternError(`The pattern of ${name} ${fault}.`);
    return { kind: name, expression: new RegExp(pattern, 'g') };
  });
  return (text, offset) =>
    compiled.flatMap(({ kind, expression }) =>
      [...text.matchAll(expression)].map((match) => {
        const start = offset + match.index;
        return { start, end: start + match[0].length, kind };
      }),
    );
};
