import type { Kind } from './kinds';
import type { Marks } from './mark';
import { kindOfName } from './secret-names';

export type FieldName = {
  /** The name as it may be shown. */
  shown: string;
  /** What the field holds, whatever its value looks like. */
  kind: Kind | undefined;
  /** Made by the gateway itself: at random, so that one in many thousands passes for the number of a card. */
  isGenerated: boolean;
};

const GENERATED = new Set(['request_id', 'trace_id', 'span_id', 'parent_id', 'xray_trace_id', 'key_id']);
const MOST_REMEMBERED = 2_000;
const LONGEST_REMEMBERED = 64;

/** Judges names of fields, and remembers those it has judged: log lines carry the same few names again and again. */
export const createReadFieldName = (redactText: (text: string) => string, marks: Marks) => {
  const remembered = new Map<string, FieldName>();
  /** The mark in the place of a secret that was a name says what that was, and not what the field holds. */
  const withoutMarks = (name: string): string =>
    marks
      .split(name)
      .filter((_, place) => place % 2 === 0)
      .join(' ');
  return (name: string): FieldName => {
    const known = remembered.get(name);
    if (known !== undefined) return known;
    const judged = { shown: redactText(name), kind: kindOfName(withoutMarks(name)), isGenerated: GENERATED.has(name) };
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    if (name.length <= LONGEST_REMEMBERED) remembered.set(name, judged);
    return judged;
  };
};
