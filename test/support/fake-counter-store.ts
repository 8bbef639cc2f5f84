import type { Chunk, CounterStore, Counters } from '../../lambdas/core/counters/counter-store';

/** What happens to a commit besides being carried out: an answer that is lost, or a store that fails or is contended. */
export type Mishap = 'none' | 'conflict' | 'fails' | 'answer lost';

/** A counter store in memory that keeps its promises, with mishaps on demand. */
export const createFakeCounterStore = (nextMishap: () => Mishap = () => 'none') => {
  const markers = new Set<string>();
  const lanes = new Map<number, Map<string, Map<string, bigint>>>();
  const commits: Chunk[] = [];

  const write = (chunk: Chunk): void => {
    const lane = lanes.get(chunk.lane) ?? new Map<string, Map<string, bigint>>();
    lanes.set(chunk.lane, lane);
    for (const [family, attributes] of chunk.increments) {
      const sums = lane.get(family) ?? new Map<string, bigint>();
      for (const [attribute, by] of attributes) sums.set(attribute, (sums.get(attribute) ?? 0n) + BigInt(by));
      lane.set(family, sums);
    }
    for (const id of chunk.ids) markers.add(id);
    commits.push(chunk);
  };

  const read = (): Counters => {
    const families = new Map<string, Map<string, bigint>>();
    for (const [family, attributes] of [...lanes.values()].flatMap((lane) => [...lane])) {
      const sums = families.get(family) ?? new Map<string, bigint>();
      for (const [attribute, amount] of attributes) sums.set(attribute, (sums.get(attribute) ?? 0n) + amount);
      families.set(family, sums);
    }
    return families;
  };

  const store: CounterStore = {
    counted: async (ids) => {
      await null;
      return new Set(ids.filter((id) => markers.has(id)));
    },
    commit: async (chunk) => {
      await null;
      const mishap = nextMishap();
      if (mishap === 'conflict' || chunk.ids.some((id) => markers.has(id))) return 'conflict';
      if (mishap === 'fails') throw new Error('The store failed.');
      write(chunk);
      if (mishap === 'answer lost') throw new Error('The answer was lost.');
      return 'committed';
    },
  };
  return { store, read, commits };
};
