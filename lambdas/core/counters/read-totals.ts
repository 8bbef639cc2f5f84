import { type CounterTable, readFamily } from './read-partition';
import { accountFamily, TOTALS } from './roll-ups';

/** What was used since the counters began, corrections applied: everything, or one account. Money in nano-dollars. */
export type Totals = {
  requests: bigint;
  /** Tokens of prompts, whether or not a provider's prompt cache had them, and of answers; our own cache's left out. */
  inputTokens: bigint;
  outputTokens: bigint;
  costNanoUsd: bigint;
  /** What cache hits would have cost. */
  savedNanoUsd: bigint;
  unmetered: bigint;
  byModel: ReadonlyMap<string, bigint>;
  byProvider: ReadonlyMap<string, bigint>;
  /** Requests, by how they ended. */
  byOutcome: ReadonlyMap<string, bigint>;
  /** Requests refused by a rate limit, by endpoint. */
  rateLimitHits: ReadonlyMap<string, bigint>;
};

/** Reads the totals of `accountId`, or of everything when it is undefined. */
export type ReadTotals = (accountId?: string) => Promise<Totals>;

export const createReadTotals =
  (from: CounterTable): ReadTotals =>
  async (accountId) =>
    toTotals(await readFamily(from, accountId === undefined ? TOTALS : accountFamily(accountId)));

const toTotals = (sums: ReadonlyMap<string, bigint>): Totals => {
  const costs = entriesOf(sums, 'cost');
  return {
    requests: sums.get('requests') ?? 0n,
    inputTokens: sums.get('input') ?? 0n,
    outputTokens: sums.get('output') ?? 0n,
    costNanoUsd: costs.reduce((sum, { amount }) => sum + amount, 0n),
    savedNanoUsd: sums.get('saved') ?? 0n,
    unmetered: sums.get('unmetered') ?? 0n,
    byModel: groupBy(costs, 1),
    byProvider: groupBy(costs, 0),
    byOutcome: groupBy(entriesOf(sums, 'outcome'), 0),
    rateLimitHits: groupBy(entriesOf(sums, 'limited'), 0),
  };
};

type Entry = { names: readonly string[]; amount: bigint };

const entriesOf = (sums: ReadonlyMap<string, bigint>, kind: string): Entry[] =>
  [...sums].flatMap(([attribute, amount]) => {
    const [first, ...names] = attribute.split('|');
    return first === kind && amount !== 0n ? [{ names, amount }] : [];
  });

const groupBy = (entries: readonly Entry[], index: number): ReadonlyMap<string, bigint> => {
  const groups = new Map<string, bigint>();
  for (const { names, amount } of entries) {
    const name = names[index] ?? '';
    groups.set(name, (groups.get(name) ?? 0n) + amount);
  }
  return groups;
};
