import { DIGIT, DOMAIN, endOfRun, is, LETTER, MAILBOX, placeOf, startOfRun } from '../character-classes';
import { type Matcher, note } from '../scan';

const DOT = 46;
const HYPHEN = 45;
const APOSTROPHE = 39;
const PERCENT = 37;
const LOWER_X = 120;
const ASCII = 128;

/** At an `@`, or at the `%40` that stands for it in a URL. */
export const findEmail: Matcher = (scan, at) => {
  const { text, end, from } = scan;
  const isEncoded = text.charCodeAt(at) === PERCENT;
  if (isEncoded && !text.startsWith('40', at + 1)) return at;
  const start = withoutQuote(text, startOfRun(text, at, from, MAILBOX));
  if (start === at) return at;
  const domain = at + (isEncoded ? 3 : 1);
  const domainEnd = withoutPunctuation(text, domain, endOfRun(text, domain, end, DOMAIN));
  return isDomain(text, domain, domainEnd) ? note(scan, start, domainEnd, 'email') : at;
};

/** An apostrophe belongs to a name like O'Brien, unless it stands before it. */
const withoutQuote = (text: string, start: number): number => {
  let at = start;
  while (text.charCodeAt(at) === APOSTROPHE) at += 1;
  return at;
};

/** A full stop or a hyphen that ends a domain belongs to the sentence. */
const withoutPunctuation = (text: string, start: number, end: number): number => {
  let at = end;
  while (at > start && (text.charCodeAt(at - 1) === DOT || text.charCodeAt(at - 1) === HYPHEN)) at -= 1;
  return at;
};

/** A name and a top-level domain; `package@1.2.3` and `logo@2x.png` are none. */
const isDomain = (text: string, start: number, end: number): boolean => {
  let dot = placeOf(text, DOT, start, end);
  if (dot <= start || isVersion(text, start, dot) || isScale(text, start, dot)) return false;
  for (; dot > 0; dot = placeOf(text, DOT, dot + 1, end)) if (isTopLevel(text, dot + 1, end)) return true;
  return false;
};

const isTopLevel = (text: string, start: number, end: number): boolean =>
  start + 1 < end && isLetterOfAny(text.charCodeAt(start)) && isLetterOfAny(text.charCodeAt(start + 1));

/** Domains may be written in other scripts. */
const isLetterOfAny = (code: number): boolean => is(code, LETTER) || code >= ASCII;

/** `1.2.3-beta.rc`: a number, and after its full stop another. */
const isVersion = (text: string, start: number, dot: number): boolean =>
  endOfRun(text, start, dot, DIGIT) === dot && is(text.charCodeAt(dot + 1), DIGIT);

const isScale = (text: string, start: number, dot: number): boolean =>
  dot - start === 2 && is(text.charCodeAt(start), DIGIT) && text.charCodeAt(start + 1) === LOWER_X;
