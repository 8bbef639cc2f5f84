import type { Find } from './create-find';
import { isKind, KINDS } from './kinds';
import type { Marks } from './mark';
import type { Found } from './scan';

export type TextSettings = {
  find: Find;
  marks: Marks;
  /** Shows the first and last characters of contacts. */
  partial: boolean;
  /** Where texts are cut, in characters. */
  longestText: number;
};

/** Read beyond where a text is cut, so that a secret which the cut goes through is still recognised. */
const MARGIN = 512;
const LEAST_PARTIAL = 10;

/** Puts marks into the places of what is found. */
export const createRedactText = ({ find, marks, partial, longestText }: TextSettings) => {
  const shown = (text: string, { start, end, kind }: Found): string =>
    partial && end - start >= LEAST_PARTIAL && isKind(kind) && KINDS[kind] === 'contact'
      ? marks.partly(text.slice(start, end))
      : marks.of(kind);

  return (text: string): string => {
    const isLong = text.length > longestText;
    const found = find(isLong ? text.slice(0, longestText + MARGIN) : text);
    if (found.length === 0 && !isLong) return text;
    let redacted = '';
    let at = 0;
    for (const one of found) {
      if (one.start >= longestText) break;
      redacted += text.slice(at, one.start) + shown(text, one);
      at = one.end;
    }
    return isLong ? `${redacted}${text.slice(at, Math.max(at, longestText))}...` : redacted + text.slice(at);
  };
};

const MOST_ROUNDS = 3;

/** Redacts until nothing changes: what a custom pattern leaves may now stand apart from what it was joined to. */
export const untilStable =
  (redactText: (text: string) => string) =>
  (text: string): string => {
    let clean = redactText(text);
    for (let round = 1, before = text; clean !== before && round < MOST_ROUNDS; round += 1) {
      before = clean;
      clean = redactText(clean);
    }
    return clean;
  };
