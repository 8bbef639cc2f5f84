import { ALPHANUMERIC, BARE_VALUE, CAPITAL, DIGIT, endOfDotted, endOfRun, is, SIGN, SPACE } from '../character-classes';
import { codeBefore, type Matcher, note } from '../scan';

const SCHEMES = [
  { name: 'bearer', kind: 'bearer_token' },
  { name: 'basic', kind: 'basic_credentials' },
] as const;

const LOWER_A = 97;
const LOWER_E = 101;
const EQUALS = 61;
const MOST_SPACES = 8;
const LEAST = 6;
const LONG = 24;

/** At the `B` of `Bearer` and `Basic`: what follows, unless it is a word of prose. */
export const findSchemeToken: Matcher = (scan, at) => {
  const { text, end } = scan;
  const second = text.charCodeAt(at + 1) | 32;
  if ((second !== LOWER_A && second !== LOWER_E) || is(codeBefore(scan, at), ALPHANUMERIC)) return at;
  const scheme = SCHEMES.find(({ name }) => text.slice(at, at + name.length).toLowerCase() === name);
  if (scheme === undefined) return at;
  const space = at + scheme.name.length;
  const start = endOfRun(text, space, Math.min(end, space + MOST_SPACES), SPACE);
  if (start === space || is(text.charCodeAt(start), SIGN) || scan.markEnd(text, start) > start) return at;
  const last = endOfDotted(text, start, end, BARE_VALUE);
  return isCredential(text, start, last) ? note(scan, start, last, scheme.kind) : at;
};

/** Prose goes on with a word of lower-case letters; a credential has digits, capitals within, signs, or great length. */
const isCredential = (text: string, start: number, end: number): boolean => {
  if (end - start < LEAST) return false;
  if (end - start >= LONG) return true;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (is(code, DIGIT) || code === EQUALS || (at > start && is(code, CAPITAL))) return true;
  }
  return /[a-z][._+/~][a-z]/i.test(text.slice(start, end));
};
