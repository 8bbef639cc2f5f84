/** Sets of characters, each a bit: one table answers for all of them. */
const MEMBERS = {
  digit: /[0-9]/,
  letter: /[A-Za-z]/,
  capital: /[A-Z]/,
  /** What words of prose and names of packages do not hold. */
  random: /[A-Z0-9]/,
  /** What makes a number or a key part of a longer word. */
  alphanumeric: /[A-Za-z0-9]/,
  word: /\w/,
  /** Base64url, of which most keys are made. */
  token: /[\w-]/,
  dottedToken: /[\w.-]/,
  base64: /[A-Za-z0-9+/=_-]/,
  mailbox: /[\w.+'-]/,
  domain: /[A-Za-z0-9.-]/,
  hexOrColon: /[0-9A-Fa-f:.]/,
  space: /[ \t]/,
  lineEnd: /[\r\n]/,
  quote: /["'`]/,
  backslash: /\\/,
  sign: /[:=>]/,
  /** A value that stands in no quotes ends before what is not of it. */
  bareValue: /[^\s"'`,;&)\]}<>|\\]/,
  /** The part of a URL that names user and host. */
  authority: /[^\s"'`<>/?#\\,;(){}|]/,
  /** What may stand between the id of a key and its secret. */
  gap: /[\s"'`,;&)\]}<>|\\:/]/,
} as const;

const NAMES = Object.keys(MEMBERS);
const bitOf = (name: keyof typeof MEMBERS): number => 1 << NAMES.indexOf(name);

const bitsOf = (character: string): number =>
  Object.values(MEMBERS).reduce((bits, members, place) => (members.test(character) ? bits | (1 << place) : bits), 0);

const ASCII = 128;
const TABLE = Uint32Array.from({ length: ASCII }, (_, code) => bitsOf(String.fromCharCode(code)));

/** Letters of other scripts are part of addresses and of values. */
const BEYOND = bitOf('mailbox') | bitOf('domain') | bitOf('authority') | bitOf('bareValue');

const toBits = (code: number): number => (code < ASCII ? (TABLE[code] ?? 0) : BEYOND);

/** Each class as the bit that `is`, `endOfRun` and `startOfRun` take. */
export const DIGIT = bitOf('digit');
export const LETTER = bitOf('letter');
export const CAPITAL = bitOf('capital');
export const RANDOM = bitOf('random');
export const ALPHANUMERIC = bitOf('alphanumeric');
export const WORD = bitOf('word');
export const TOKEN = bitOf('token');
export const DOTTED_TOKEN = bitOf('dottedToken');
export const BASE64 = bitOf('base64');
export const MAILBOX = bitOf('mailbox');
export const DOMAIN = bitOf('domain');
export const HEX_OR_COLON = bitOf('hexOrColon');
export const SPACE = bitOf('space');
export const LINE_END = bitOf('lineEnd');
export const QUOTE = bitOf('quote');
export const BACKSLASH = bitOf('backslash');
export const SIGN = bitOf('sign');
export const BARE_VALUE = bitOf('bareValue');
export const AUTHORITY = bitOf('authority');
export const GAP = bitOf('gap');

/** Whether a character's code is of a class; -1, which stands for no character, is of none. */
export const is = (code: number, bit: number): boolean => code >= 0 && (toBits(code) & bit) !== 0;

/** Where the run of characters of a class that begins at `start` ends, at most `end`. */
export const endOfRun = (text: string, start: number, end: number, bit: number): number => {
  let at = start;
  while (at < end && (toBits(text.charCodeAt(at)) & bit) !== 0) at += 1;
  return at;
};

const DOT = 46;

/** The same without the full stops that end a sentence. */
export const endOfDotted = (text: string, start: number, end: number, bit: number): number => {
  let at = endOfRun(text, start, end, bit);
  while (at > start && text.charCodeAt(at - 1) === DOT) at -= 1;
  return at;
};

/** Where the run of characters of a class that ends before `end` begins, at least `start`. */
export const startOfRun = (text: string, end: number, start: number, bit: number): number => {
  let at = end;
  while (at > start && (toBits(text.charCodeAt(at - 1)) & bit) !== 0) at -= 1;
  return at;
};

/** The first place of a character in a part of a text; -1 when it is not there. Never looks beyond `end`. */
export const placeOf = (text: string, code: number, start: number, end: number): number => {
  for (let at = start; at < end; at += 1) if (text.charCodeAt(at) === code) return at;
  return -1;
};

/** How many digits a text has. */
export const countDigits = (text: string): number => {
  let digits = 0;
  for (let at = 0; at < text.length; at += 1) if (is(text.charCodeAt(at), DIGIT)) digits += 1;
  return digits;
};
