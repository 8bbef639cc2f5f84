import { KINDS } from './kinds';

/** What stands in the place of something that was found; `{KIND}` becomes its kind. */
export const DEFAULT_MARK = '[REDACTED_{KIND}]';

/** Brackets or signs outside, so that no name, number or address can grow together with a mark. */
const ACCEPTED = /^[[<({*#](?:[A-Za-z0-9 _*#]|\{KIND\}){0,60}[\])}>*#]$/;

/** What is wrong with a text of marks; undefined when nothing is. */
export const faultOfMark = (mark: string): string | undefined =>
  ACCEPTED.test(mark)
    ? undefined
    : 'must stand in brackets such as [PRIVATE], of letters, digits, spaces, _, * and #; {KIND} becomes the kind';

export type Marks = {
  of: (kind: string) => string;
  /** A mark that shows how a text begins and ends. */
  partly: (text: string) => string;
  /** Where the mark that begins at a place of a text ends; the place itself when none does. */
  endAt: (text: string, at: number) => number;
  /** A text taken apart: every second part is a mark. */
  split: (text: string) => string[];
};

const SHOWN = 2;
const PARTIAL = '\\[[^\\]]{2}\\*{3}[^\\]]{2}\\]';

/** Throws a `RangeError` on a text that cannot be a mark. */
export const createMarks = (mark: string): Marks => {
  const fault = faultOfMark(mark);
  if (fault !== undefined) throw new RangeError(`The text of redaction marks ${fault}.`);
  const full = mark.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll('\\{KIND\\}', '[A-Z0-9_]{1,40}');
  const literal = `${full}|${PARTIAL}`;
  const whole = new RegExp(literal, 'y');
  const parts = new RegExp(`(${literal})`);
  const known = new Map(Object.keys(KINDS).map((kind) => [kind, fill(mark, kind)]));
  return {
    of: (kind) => known.get(kind) ?? fill(mark, kind),
    partly: (text) => `[${text.slice(0, SHOWN)}***${text.slice(-SHOWN)}]`,
    endAt: (text, at) => {
      whole.lastIndex = at;
      return whole.test(text) ? whole.lastIndex : at;
    },
    split: (text) => text.split(parts),
  };
};

const fill = (mark: string, kind: string): string => mark.replaceAll('{KIND}', kind.toUpperCase());
