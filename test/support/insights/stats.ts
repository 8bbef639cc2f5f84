import { aggregate, isAggregate } from './aggregates';
import { evaluate, type Scope } from './evaluate';
import { type Command, type Expression, InsightsError } from './query';
import type { Value } from './value';

export type Row = ReadonlyMap<string, Value>;
type Stats = Command & { kind: 'stats' };

/** One row per group, in the order in which groups are met. Throws `InsightsError` for a group without a name. */
export const runStats = ({ columns, by }: Stats, scopes: readonly Scope[]): Row[] => {
  const groups = new Map<string, { keys: Value[]; scopes: Scope[] }>();
  for (const scope of scopes) {
    const keys = by.map(({ name, is }) => keyOf(name, evaluate(is, scope)));
    const id = JSON.stringify(keys);
    const group = groups.get(id) ?? { keys, scopes: [] };
    group.scopes.push(scope);
    groups.set(id, group);
  }
  return [...groups.values()].map((group) => {
    const row = new Map(by.map(({ name }, index) => [name, group.keys[index] ?? null]));
    for (const { name, is } of columns) row.set(name, evaluateGroup(is, group.scopes, row));
    return row;
  });
};

const keyOf = (name: string, value: Value): Value => {
  if (value !== null) return value;
  throw new InsightsError(`What stats does with lines that lack ${name} is not documented: leave them out first.`);
};

/** Aggregates see the lines of the group; names outside them are columns to the left. */
const evaluateGroup = (expression: Expression, scopes: readonly Scope[], row: Row): Value => {
  if (isAggregate(expression)) return aggregate(expression, scopes);
  if (expression.kind === 'binary') {
    const [left, right] = [expression.left, expression.right].map((side) =>
      toLiteral(evaluateGroup(side, scopes, row)),
    );
    return left && right ? evaluate({ ...expression, left, right }, scopeOf(row)) : null;
  }
  return evaluate(expression, scopeOf(row));
};

const toLiteral = (value: Value): Expression | undefined => (value === null ? undefined : { kind: 'literal', value });

/** After `stats` there is nothing but its columns. */
export const scopeOf =
  (row: Row): Scope =>
  (name) => {
    const value = row.get(name);
    if (value === undefined) throw new InsightsError(`${name} is no column of stats.`);
    return value;
  };
