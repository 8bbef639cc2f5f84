import { ALPHANUMERIC, BASE64, CAPITAL, DIGIT, endOfDotted, endOfRun, GAP, is } from '../character-classes';
import { groupBy } from '../group-by';
import { KEY_PREFIXES, type KeyPrefix } from '../key-prefixes';
import { codeBefore, type Matcher, note, type Scan } from '../scan';

/** A prefix is looked for where its rarest character stands, so that ordinary text costs nothing. */
const RARE_FIRST = '_ZQXKJVWYUGHFzqxj-PNLBRDMOECSTIA.kvbygpfwmculdhrsniotae';

type Anchored = KeyPrefix & { offset: number };

const anchored = (key: KeyPrefix): Anchored => {
  const rarest = [...RARE_FIRST].find((character) => key.prefix.indexOf(character, 1) > 0) ?? '';
  return { ...key, offset: key.prefix.indexOf(rarest, 1) };
};

const ANCHORED = KEY_PREFIXES.map(anchored);

/** The characters at which `findPrefixedKey` is asked, each with those that may stand before it. */
export const KEY_ANCHORS: readonly { anchor: string; before: string }[] = [
  ...groupBy(ANCHORED, ({ prefix, offset }) => prefix.charAt(offset)),
].map(([anchor, keys]) => ({ anchor, before: keys.map(({ prefix, offset }) => prefix.charAt(offset - 1)).join('') }));

const placeOf = (code: number, before: number): number => code * 128 + before;

/** By the anchor and the character before it. */
const CANDIDATES: ReadonlyMap<number, readonly Anchored[]> = groupBy(ANCHORED, ({ prefix, offset }) =>
  placeOf(prefix.charCodeAt(offset), prefix.charCodeAt(offset - 1)),
);

/** At the anchor of a key's prefix. */
export const findPrefixedKey: Matcher = (scan, at) => {
  const before = codeBefore(scan, at);
  if (before < 0 || before > 127) return at;
  for (const key of CANDIDATES.get(placeOf(scan.text.charCodeAt(at), before)) ?? []) {
    const start = at - key.offset;
    if (start >= scan.from && scan.text.startsWith(key.prefix, start)) {
      const end = endOfKey(scan, start, key);
      if (end > at) return claim(scan, start, end, key);
    }
  }
  return at;
};

const endOfKey = (scan: Scan, start: number, { prefix, least, characters, chosen }: KeyPrefix): number => {
  const { text, end } = scan;
  if (is(codeBefore(scan, start), ALPHANUMERIC)) return start;
  const body = start + prefix.length;
  const looked = endOfRun(text, body, Math.min(end, body + LOOKED_AT), characters);
  const isKey = isRandom(text, body, looked) || chosen?.test(text.slice(body, looked)) === true;
  return looked - body >= least && isKey ? endOfDotted(text, body, end, characters) : start;
};

const LOOKED_AT = 40;

/** Names such as `sk-learn-with-long-names` have neither digits nor capitals. */
const isRandom = (text: string, start: number, end: number): boolean => {
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (is(code, DIGIT) || is(code, CAPITAL)) return true;
  }
  return false;
};

const claim = (scan: Scan, start: number, end: number, { kind }: KeyPrefix): number => {
  note(scan, start, end, kind);
  return kind === 'aws_access_key' ? findSecretBeside(scan, end) : end;
};

const SECRET_LENGTH = 40;
const LONGEST_GAP = 8;

/** The secret of an AWS access key has no mark of its own: it is known by standing right after the key's id. */
const findSecretBeside = (scan: Scan, keyEnd: number): number => {
  const { text, end } = scan;
  const start = endOfRun(text, keyEnd, Math.min(end, keyEnd + LONGEST_GAP), GAP);
  const last = endOfRun(text, start, Math.min(end, start + SECRET_LENGTH + 1), BASE64);
  const isSecret = last - start === SECRET_LENGTH && /[a-z]/.test(text.slice(start, last));
  return isSecret && start > keyEnd ? note(scan, start, last, 'aws_secret_key') : keyEnd;
};
