/** How a regular expression can match: in how many ways from one place, and how many characters at least and at most. */
export type PatternBounds = { ways: number; least: number; most: number };

/** The pattern cannot be used; the message says why and what to write instead. */
export class PatternError extends Error {
  override readonly name = 'PatternError';
}

const EMPTY: PatternBounds = { ways: 1, least: 0, most: 0 };
const ONE: PatternBounds = { ways: 1, least: 1, most: 1 };

const REFUSED: readonly (readonly [begins: RegExp, fault: string])[] = [
  [/^\(\?[=!]/, 'looks ahead: leave out (?=...) and (?!...)'],
  [/^\(\?<[=!]/, 'looks behind: leave out (?<=...) and (?<!...)'],
  [/^\(\?<\w/, 'names a group: write (?:...)'],
  [/^\(\?(?!:)/, 'has a group of a kind that is not taken: write (?:...)'],
  [/^\\[1-9k]/, 'refers back to a group: write out what it stands for'],
  [/^\\[pPc]/, 'has \\p, \\P or \\c: write a class such as [A-Z]'],
  [/^[\^$]/, 'is bound to the beginning or the end of a text: use \\b'],
  [/^[*+]/, 'repeats without an end: say how often at most, such as {1,20}'],
  [/^\{\d+,\}/, 'repeats without an end: say how often at most, such as {1,20}'],
];

const CLASS = /^\[\^?(?:\\[\s\S]|[^\]\\])+\]/;
const ESCAPE = /^\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|[^xupPck1-9])/;
const BOUNDARY = /^\\[bB]/;
const REPEAT = /^(?:\{(\d{1,3})(?:,(\d{1,3}))?\}|\?)\??/;

/**
 * Reads a pattern of the part of JavaScript's syntax in which every match has a bounded length: literals, classes,
 * groups, alternatives and repeats with a maximum. Throws a `PatternError` on everything else.
 */
export const measurePattern = (pattern: string): PatternBounds => {
  const [bounds, rest] = readAlternatives(pattern);
  if (rest !== '') throw new PatternError('has a closing parenthesis too many');
  return bounds;
};

type Read = readonly [bounds: PatternBounds, rest: string];

const readAlternatives = (pattern: string): Read => {
  let [bounds, rest] = readSequence(pattern);
  while (rest.startsWith('|')) {
    const [other, after] = readSequence(rest.slice(1));
    rest = after;
    bounds = {
      ways: bounds.ways + other.ways,
      least: Math.min(bounds.least, other.least),
      most: Math.max(bounds.most, other.most),
    };
  }
  return [bounds, rest];
};

const readSequence = (pattern: string): Read => {
  let bounds = EMPTY;
  let rest = pattern;
  while (rest !== '' && !rest.startsWith('|') && !rest.startsWith(')')) {
    const [atom, afterAtom] = readAtom(rest);
    const [repeated, after] = readRepeat(atom, afterAtom);
    rest = after;
    bounds = {
      ways: bounds.ways * repeated.ways,
      least: bounds.least + repeated.least,
      most: bounds.most + repeated.most,
    };
  }
  return [bounds, rest];
};

const readAtom = (pattern: string): Read => {
  const refused = REFUSED.find(([begins]) => begins.test(pattern));
  if (refused) throw new PatternError(refused[1]);
  if (pattern.startsWith('(')) return readGroup(pattern.replace(/^\((?:\?:)?/, ''));
  const boundary = BOUNDARY.exec(pattern)?.[0];
  if (boundary !== undefined) return [EMPTY, pattern.slice(boundary.length)];
  const one = (CLASS.exec(pattern) ?? ESCAPE.exec(pattern))?.[0] ?? literalOf(pattern);
  return [ONE, pattern.slice(one.length)];
};

const literalOf = (pattern: string): string => {
  const [character = ''] = pattern;
  if (/[[\]{}?\\]/.test(character)) throw new PatternError(`has a ${character} out of place: write \\${character}`);
  return character;
};

const readGroup = (inside: string): Read => {
  const [bounds, rest] = readAlternatives(inside);
  if (!rest.startsWith(')')) throw new PatternError('has a group that is not closed');
  return [bounds, rest.slice(1)];
};

const readRepeat = (atom: PatternBounds, pattern: string): Read => {
  const [repeat, from, to] = REPEAT.exec(pattern) ?? [];
  if (repeat === undefined) return [atom, pattern];
  const least = from === undefined ? 0 : Number(from);
  const most = from === undefined ? 1 : Number(to ?? from);
  if (least > most) throw new PatternError(`repeats from ${least} to ${most}`);
  let ways = 0;
  for (let times = least; times <= most; times += 1) ways += atom.ways ** times;
  return [{ ways, least: atom.least * least, most: atom.most * most }, pattern.slice(repeat.length)];
};
