import type { Counters } from './counter-store';
import { LANES, lanePk } from './lanes';
import { type CounterTable, type Item, readPartition } from './read-partition';

/** Reads every counter: all lanes, strongly, added up. */
export const createReadCounters = (from: CounterTable) => async (): Promise<Counters> =>
  sumOf(await Promise.all(Array.from({ length: LANES }, (_, lane) => readPartition(from, lanePk(lane)))));

const sumOf = (lanes: readonly Item[][]): Counters => {
  const families = new Map<string, Map<string, bigint>>();
  for (const item of lanes.flat()) {
    const family = item.sk?.S ?? '';
    const sums = families.get(family) ?? new Map<string, bigint>();
    // Items have thousands of attributes, so none is copied: the key's, which are texts, are passed over.
    for (const attribute in item) {
      const amount = item[attribute]?.N;
      if (amount !== undefined) sums.set(attribute, (sums.get(attribute) ?? 0n) + BigInt(amount));
    }
    families.set(family, sums);
  }
  return families;
};
