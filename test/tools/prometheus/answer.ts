import type { Labels } from './ledger-series';

/** One line of an answer: its labels, and the values that are right for it, mostly one. */
export type Line = { labels: Labels; values: readonly number[] };

/** What a query answers: lines that differ in their labels. */
export type Answer = readonly Line[];

const keyOf = ({ labels }: Pick<Line, 'labels'>): string => JSON.stringify(Object.entries(labels).sort());

/** Combines the lines that have the same labels on both sides; others are left out, as PromQL does. */
const combine =
  (operation: (left: number, right: number) => number) =>
  (left: Answer, right: Answer): Answer => {
    const others = new Map(right.map((line) => [keyOf(line), line]));
    return left.flatMap((line) => {
      const other = others.get(keyOf(line));
      if (other === undefined) return [];
      const values = line.values.flatMap((one) => other.values.map((another) => operation(one, another)));
      return [{ labels: line.labels, values }];
    });
  };

export const divide = combine((left, right) => left / right);
export const plus = combine((left, right) => left + right);
export const minus = combine((left, right) => left - right);

export const times = (answer: Answer, factor: number): Answer =>
  answer.map(({ labels, values }) => ({ labels, values: values.map((value) => value * factor) }));

/** The lines whose value is as it is asked to be. */
export const having = (answer: Answer, isWanted: (value: number) => boolean): Answer =>
  answer.filter(({ values }) => values.every(isWanted));

/** The answer, or 0 where there is none. */
export const orZero = (answer: Answer): Answer => (answer.length > 0 ? answer : [{ labels: {}, values: [0] }]);

/** The lines with the highest values; what is no number comes last. */
export const top = (count: number, answer: Answer): Answer => {
  const rank = ({ values: [value = Number.NaN] }: Line) => (Number.isNaN(value) ? Number.NEGATIVE_INFINITY : value);
  return [...answer].sort((left, right) => rank(right) - rank(left)).slice(0, count);
};

export const line = (value: number, labels: Labels = {}): Answer => [{ labels, values: [value] }];

const RELATIVE = 1e-9;

const isSame = (one: number, other: number, tolerance: number): boolean =>
  Object.is(one, other) ||
  one === other ||
  Math.abs(one - other) <= Math.max(tolerance, RELATIVE * Math.max(Math.abs(one), Math.abs(other)));

/** What `got` has wrong, each in a sentence. `tolerance` is allowed on top of what rounding takes. */
export const differences = (expected: Answer, got: Answer, tolerance = 0): string[] => {
  const lines = new Map(got.map((one) => [keyOf(one), one]));
  const wrong = expected.flatMap((one) => {
    const other = lines.get(keyOf(one));
    lines.delete(keyOf(one));
    if (other === undefined) return [`${keyOf(one)} is missing; it is ${one.values.join(' or ')}`];
    const [value = Number.NaN] = other.values;
    if (one.values.some((right) => isSame(right, value, tolerance))) return [];
    return [`${keyOf(one)} is ${value} instead of ${one.values.join(' or ')}`];
  });
  return [...wrong, ...[...lines.values()].map((one) => `${keyOf(one)} is not expected; it is ${one.values.join()}`)];
};
