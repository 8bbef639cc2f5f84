import type { Kind } from './kinds';

/** A place in a text that has to be redacted: `start` up to, without, `end`. */
export type Found = { start: number; end: number; kind: string };

/** One pass over a text, from its beginning to its end. */
export type Scan = {
  readonly text: string;
  readonly end: number;
  readonly found: Found[];
  /** The end of what was found last: nothing looks back beyond it, so that redacted text reads the same as the original. */
  from: number;
  /** Up to here no JSON web token, and no IP address, can begin any more: it was looked for once. */
  noTokenBefore: number;
  noAddressBefore: number;
  /** A part of the text that holds no digit and no capital: no key has its body there. */
  wordsFrom: number;
  wordsTo: number;
  readonly ipAddresses: boolean;
  /** Where the redaction mark that begins at a place ends; the place itself when none does. */
  readonly markEnd: (text: string, at: number) => number;
};

/**
 * Looks at one place of a text, which a character of its own led it to. Returns the place from which the pass goes on;
 * `at` itself says that this place is for others to judge.
 */
export type Matcher = (scan: Scan, at: number) => number;

/** Notes a find and returns its end. */
export const note = (scan: Scan, start: number, end: number, kind: Kind): number => {
  scan.found.push({ start, end, kind });
  scan.from = end;
  return end;
};

const NOTHING = -1;

/** The code of the character before a place; -1 at the beginning, and right after a find. */
export const codeBefore = ({ text, from }: Scan, at: number): number => (at > from ? text.charCodeAt(at - 1) : NOTHING);

/** The code of the character at a place; -1 at the end. */
export const codeAt = ({ text, end }: Scan, at: number): number => (at < end ? text.charCodeAt(at) : NOTHING);
