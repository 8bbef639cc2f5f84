import { matchersAt, nextAnchor } from './anchors';
import type { Found, Scan } from './scan';

export type FindOptions = Pick<Scan, 'ipAddresses' | 'markEnd'>;

const NONE: readonly Found[] = [];

/**
 * Every secret and personal datum in a text, in order, none overlapping another. Takes time in proportion to the
 * length of the text, whatever it holds: each matcher either bounds how far it looks or never looks at a place twice.
 */
export const findSecrets = (text: string, { ipAddresses, markEnd }: FindOptions): readonly Found[] => {
  const end = text.length;
  let at = nextAnchor(text, 0, 0);
  if (at === end) return NONE;
  const scan: Scan = {
    text,
    end,
    found: [],
    from: 0,
    noTokenBefore: 0,
    noAddressBefore: 0,
    wordsFrom: 0,
    wordsTo: 0,
    ipAddresses,
    markEnd,
  };
  while (at < end) {
    const next = ask(scan, at);
    at = nextAnchor(text, Math.max(at + 1, next), scan.from);
  }
  return scan.found;
};

/** Asks who may know what begins, or stands, at an anchor. Returns where to go on, or `at`. */
const ask = (scan: Scan, at: number): number => {
  const matchers = matchersAt(scan.text, at, scan.from);
  for (let place = 0; place < matchers.length; place += 1) {
    const next = matchers[place]?.(scan, at) ?? at;
    if (next > at) return next;
  }
  return at;
};
