import { evaluate, type Scope } from './evaluate';
import { compareNaturally } from './natural-order';
import { type Expression, InsightsError } from './query';
import { asNumber, type Value } from './value';

type Call = Expression & { kind: 'call' };
type Present = NonNullable<Value>;

/** Functions of the values of a group; lines that lack the field do not count. */
const AGGREGATES: Readonly<Record<string, (values: readonly Present[], call: Call) => Value>> = {
  count: (values) => values.length,
  count_distinct: (values) => new Set(values).size,
  sum: (values) => (values.length === 0 ? null : sum(values, 'sum')),
  avg: (values) => (values.length === 0 ? null : sum(values, 'avg') / values.length),
  min: (values) => [...values].sort(compareNaturally)[0] ?? null,
  max: (values) => [...values].sort(compareNaturally).at(-1) ?? null,
  pct: (values, { args }) => percentile(values, args[1]),
};

const sum = (values: readonly Present[], of: string): number =>
  values.reduce((total: number, value) => total + (asNumber(value, of) ?? 0), 0);

/** The service approximates where there are many values; this is the value that so many percent are not above. */
const percentile = (values: readonly Present[], at: Expression | undefined): Value => {
  if (at?.kind !== 'literal' || typeof at.value !== 'number')
    throw new InsightsError('pct takes a field and a number.');
  const sorted = [...values].sort(compareNaturally);
  return sorted[Math.max(0, Math.ceil((at.value / 100) * sorted.length) - 1)] ?? null;
};

export const isAggregate = (expression: Expression): expression is Call =>
  expression.kind === 'call' && Object.hasOwn(AGGREGATES, expression.name);

/** The value of an aggregate over the lines of a group. */
export const aggregate = (call: Call, scopes: readonly Scope[]): Value => {
  const [argument] = call.args;
  const wanted = call.name === 'pct' ? 2 : 1;
  if (!argument || call.args.length !== wanted) throw new InsightsError(`${call.name} takes ${wanted} arguments.`);
  if (argument.kind === 'star') {
    if (call.name !== 'count') throw new InsightsError(`${call.name}(*) is not part of the language.`);
    return scopes.length;
  }
  const values = scopes.map((scope) => evaluate(argument, scope)).filter((value) => value !== null);
  return AGGREGATES[call.name]?.(values, call) ?? null;
};
