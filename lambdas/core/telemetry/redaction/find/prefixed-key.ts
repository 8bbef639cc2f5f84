import { ALPHANUMERIC, BASE64, endOfDotted, endOfRun, GAP, is, RANDOM } from '../character-classes';
import { groupBy } from '../group-by';
import { KEY_PREFIXES, type KeyPrefix } from '../key-prefixes';
import { codeAt, codeBefore, type Matcher, note, type Scan } from '../scan';

/** A prefix is looked for where its rarest character stands, so that ordinary text costs nothing. */
const RARE_FIRST = '_ZQXKJVWYUGHF-zqxjPNLBRDMOECSTIA.kvbygpfwmculdhrsniotae';

/** `offset` is where the anchor stands in the prefix; `first` and `last` are the codes at the prefix's ends. */
type Anchored = KeyPrefix & { offset: number; first: number; last: number };

const anchored = (key: KeyPrefix): Anchored => {
  const rarest = [...RARE_FIRST].find((character) => key.prefix.indexOf(character, 1) > 0) ?? '';
  return {
    ...key,
    offset: key.prefix.indexOf(rarest, 1),
    first: key.prefix.charCodeAt(0),
    last: key.prefix.charCodeAt(key.prefix.length - 1),
  };
};

/** At the anchor of the prefixes of these keys. */
const createFindKey =
  (keys: readonly Anchored[]): Matcher =>
  (scan, at) => {
    for (const key of keys) {
      const end = endOfKey(scan, at, key);
      if (end > at) return claim(scan, at - key.offset, end, key);
    }
    return at;
  };

/** Where a key that has its anchor at a place ends; the place itself when there is none. */
const endOfKey = (scan: Scan, at: number, key: Anchored): number => {
  const { text, end } = scan;
  const { prefix, least, characters } = key;
  const start = at - key.offset;
  const body = start + prefix.length;
  // The ends of the prefix tell most of what is none from what may be one.
  if (start < scan.from || text.charCodeAt(start) !== key.first || text.charCodeAt(body - 1) !== key.last) return at;
  if (is(codeBefore(scan, start), ALPHANUMERIC) || !text.startsWith(prefix, start)) return at;
  const random = nextRandom(scan, body);
  if (random === body + LOOKED_AT && key.chosen === undefined) return at;
  const looked = endOfRun(text, body, Math.min(end, body + LOOKED_AT), characters);
  const isKey = random < looked || key.chosen?.test(text.slice(body, looked)) === true;
  return looked - body >= least && isKey ? endOfDotted(text, body, end, characters) : at;
};

const LOOKED_AT = 40;

/** The next digit or capital, as far as is looked: names such as `sk-learn-with-long-names` have neither. */
const nextRandom = (scan: Scan, start: number): number => {
  const most = start + LOOKED_AT;
  const isKnown = start >= scan.wordsFrom && start <= scan.wordsTo;
  let at = isKnown ? Math.min(scan.wordsTo, most) : start;
  while (at < most && !is(codeAt(scan, at), RANDOM)) at += 1;
  if (!isKnown) scan.wordsFrom = start;
  scan.wordsTo = isKnown ? Math.max(scan.wordsTo, at) : at;
  return at;
};

const ANCHORED = groupBy(KEY_PREFIXES.map(anchored), ({ prefix, offset }) => prefix.slice(offset - 1, offset + 1));

/** The characters at which keys are looked for, each with the one that stands before it. */
export const KEY_ANCHORS: readonly { anchor: string; before: string; find: Matcher }[] = [...ANCHORED].map(
  ([pair, keys]) => ({ anchor: pair.charAt(1), before: pair.charAt(0), find: createFindKey(keys) }),
);

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
