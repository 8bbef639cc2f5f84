import { AUTHORITY, endOfRun, placeOf } from '../character-classes';
import { type Matcher, note } from '../scan';

const AT = 64;
const COLON = 58;
const SLASH = 47;
const LONGEST = 512;

/** At the colon of `scheme://user:password@host`: the password, or a user without one, who is often a token. */
export const findUrlUser: Matcher = (scan, at) => {
  const { text, end } = scan;
  if (text.charCodeAt(at + 1) !== SLASH || text.charCodeAt(at + 2) !== SLASH) return at;
  const start = at + '://'.length;
  const host = lastAt(text, start, endOfRun(text, start, Math.min(end, start + LONGEST), AUTHORITY));
  if (host <= start) return at;
  const marked = scan.markEnd(text, start);
  const colon = placeOf(text, COLON, marked, host);
  if (colon < 0 && marked > start) return at;
  const secret = colon < 0 ? start : colon + 1;
  return secret < host ? note(scan, secret, host, 'secret') : at;
};

/** A password may hold an `@` of its own. */
const lastAt = (text: string, start: number, end: number): number => {
  let at = end - 1;
  while (at >= start && text.charCodeAt(at) !== AT) at -= 1;
  return at;
};
