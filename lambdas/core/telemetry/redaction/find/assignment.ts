import {
  BACKSLASH,
  BARE_VALUE,
  DIGIT,
  DOTTED_TOKEN,
  endOfRun,
  is,
  LINE_END,
  QUOTE,
  SIGN,
  SPACE,
  startOfRun,
} from '../character-classes';
import { codeAt, codeBefore, type Matcher, note, type Scan } from '../scan';
import { kindOfName } from '../secret-names';
import { endOfQuoted } from './end-of-quoted';

const COLON = 58;
/** Of a form's field, as in `user[password]=x`. */
const BRACKET = 93;
const OPENING_BRACKET = 91;
/** Kinds of one's own have names too. */
const LONGEST_MARK = 120;
const LONGEST_NAME = 64;
const LEAST_NAME = 3;
const MOST_SPACES = 4;
const LEAST_DIGITS = 5;
const LOOKED_AT = 32;

/** Values of these headers go on to the end of the line. */
const HEADER = /(authorization|cookies?)$/i;
const AWS_SECRET = /aws.*secret|secret_?access_?key$/i;
const HARMLESS = /^(true|false|null|undefined|none|string|number|boolean|unknown)$/i;
const SCHEME = /^(bearer|basic|token)$/i;

type Part = { start: number; end: number };

/** At the colon or equals sign of `password: x`, `"secret": "x"`, `?api_key=x`, also within escaped JSON. */
export const findAssignment: Matcher = (scan, at) => {
  const { text } = scan;
  const part = nameBefore(scan, at);
  if (part.end - part.start < LEAST_NAME || isOfMark(scan, part)) return at;
  const name = text.slice(part.start, part.end);
  const kind = kindOfName(name);
  if (kind === undefined || isOfArn(scan, at, part)) return at;
  const opened = codeBefore(scan, part.start);
  const value = HEADER.test(name) ? headerAfter(scan, at, opened) : valueAfter(scan, at);
  if (value.end <= value.start || scan.markEnd(text, value.start) > value.start) return at;
  if (HARMLESS.test(text.slice(value.start, Math.min(value.end, value.start + LOOKED_AT)))) return at;
  if (kind !== 'secret' && !isNumber(scan, value)) return at;
  return note(scan, value.start, value.end, AWS_SECRET.test(name) ? 'aws_secret_key' : kind);
};

const nameBefore = ({ text, from }: Scan, at: number): Part => {
  let end = startOfRun(text, at, Math.max(from, at - MOST_SPACES), SPACE);
  if (end > from && (is(text.charCodeAt(end - 1), QUOTE) || text.charCodeAt(end - 1) === BRACKET)) end -= 1;
  end = startOfRun(text, end, Math.max(from, end - MOST_SPACES), BACKSLASH);
  return { start: startOfRun(text, end, Math.max(from, end - LONGEST_NAME), DOTTED_TOKEN), end };
};

/** What was redacted before, under a name that is one of a secret itself, as in `[SECRET]: x`. */
const isOfMark = ({ text, from, markEnd }: Scan, { end }: Part): boolean => {
  if (text.charCodeAt(end) !== BRACKET) return false;
  const least = Math.max(from, end - LONGEST_MARK);
  let opening = end;
  while (opening > least && text.charCodeAt(opening) !== OPENING_BRACKET) opening -= 1;
  return markEnd(text, opening) === end + 1;
};

/** `arn:aws:secretsmanager:...:secret:name` names a secret and tells nothing of it. */
const isOfArn = (scan: Scan, at: number, name: Part): boolean =>
  codeBefore(scan, name.start) === COLON && codeAt(scan, at) === COLON;

const afterSign = ({ text, end }: Scan, at: number): number => {
  const sign = endOfRun(text, at, Math.min(end, at + MOST_SPACES), SIGN);
  return endOfRun(text, sign, Math.min(end, sign + MOST_SPACES), SPACE);
};

const valueAfter = (scan: Scan, at: number): Part => {
  const { text, end } = scan;
  const first = afterSign(scan, at);
  const opening = endOfRun(text, first, Math.min(end, first + MOST_SPACES), BACKSLASH);
  const quote = codeAt(scan, opening);
  if (!is(quote, QUOTE)) return { start: first, end: endOfBare(scan, first) };
  const start = opening + 1;
  return { start, end: endOfQuoted(text, start, end, { quote, escapes: opening - first }) };
};

/** A header that is quoted as a whole, as in `curl -H "Cookie: a=b"`, ends with the quote. */
const headerAfter = (scan: Scan, at: number, opened: number): Part => {
  const { text, end } = scan;
  const start = afterSign(scan, at);
  if (is(codeAt(scan, start), QUOTE) || is(codeAt(scan, start), BACKSLASH)) return valueAfter(scan, at);
  let last = start;
  while (last < end && !is(text.charCodeAt(last), LINE_END) && !isClosing(text.charCodeAt(last), opened)) last += 1;
  return { start, end: last };
};

const isClosing = (code: number, opened: number): boolean => code === opened && is(code, QUOTE);

/** A scheme, as in `token: Bearer x`, belongs to the value with the word after it. */
const endOfBare = ({ text, end }: Scan, start: number): number => {
  const first = endOfRun(text, start, end, BARE_VALUE);
  if (!SCHEME.test(text.slice(start, Math.min(first, start + LOOKED_AT)))) return first;
  const next = endOfRun(text, first, Math.min(end, first + MOST_SPACES), SPACE);
  return endOfRun(text, next, end, BARE_VALUE);
};

const isNumber = ({ text }: Scan, { start, end }: Part): boolean => {
  let digits = 0;
  for (let at = start; at < Math.min(end, start + LOOKED_AT); at += 1) if (is(text.charCodeAt(at), DIGIT)) digits += 1;
  return digits >= LEAST_DIGITS;
};
