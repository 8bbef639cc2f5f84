import type { Counters } from './counter-store';
import { LANES, lanePk } from './lanes';
import { type CounterTable, type Item, readPartition } from './read-partition';

/** Reads every counter: all lanes, strongly, added up. */
export const createReadCounters = (from: CounterTable) => async (): Promise<Counters> =>
  sumOf(await Promise.all(Array.from({ length: LANES }, (_, lane) => readPartition(from, lanePk(lane)))));

const sumOf = (lanes: readonly Item[][]): Counters => {
  const families = new Map<string, Map<string, bigint>>();
  for (const { pk: _, sk, ...attributes } of lanes.flat()) {
    const family = sk?.S ?? '';
    const sums = families.get(family) ?? new Map<string, bigint>();
    for (const [attribute, { N = '0' }] of Object.entries(attributes)) {
      sums.set(attribute, (sums.get(attribute) ?? 0n) + BigInt(N));
    }
    families.set(family, sums);
  }
  return families;
};
