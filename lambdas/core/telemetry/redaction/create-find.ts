import { type CustomPattern, createFindCustom } from './custom-patterns';
import { findSecrets } from './find-secrets';
import { isKind, KINDS } from './kinds';
import type { Marks } from './mark';
import type { Found } from './scan';

export type FindSettings = {
  ipAddresses: boolean;
  personalData: boolean;
  patterns: readonly CustomPattern[];
  marks: Marks;
};

/** Finds what is to be redacted in a text, in order and without overlaps. */
export type Find = (text: string) => readonly Found[];

/** Throws an error that names the first custom pattern which cannot be used. */
export const createFind = ({ ipAddresses, personalData, patterns, marks }: FindSettings): Find => {
  const options = { ipAddresses, markEnd: marks.endAt };
  const findCustom = createFindCustom(personalData ? patterns : []);

  /** A custom pattern could match within a mark that stands there already. */
  const customIn = (text: string): Found[] => {
    let offset = 0;
    return marks.split(text).flatMap((part, place) => {
      const found = place % 2 === 0 ? findCustom(part, offset) : [];
      offset += part.length;
      return found;
    });
  };

  return (text) => {
    const known = findSecrets(text, options);
    if (!personalData) return known.filter(isCredential);
    return patterns.length === 0 ? known : union([...known, ...customIn(text)]);
  };
};

const isCredential = ({ kind }: Found): boolean => isKind(kind) && KINDS[kind] === 'credential';

/** What overlaps becomes one, of the kind of the one that begins first. */
const union = (found: readonly Found[]): Found[] => {
  const united: Found[] = [];
  for (const one of found.toSorted((left, right) => left.start - right.start || right.end - left.end)) {
    const last = united.at(-1);
    if (last === undefined || one.start >= last.end) united.push({ ...one });
    else last.end = Math.max(last.end, one.end);
  }
  return united;
};
