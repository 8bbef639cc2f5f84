import type { Series } from '../../core/counters/series';

/** The values of counters or gauges added up by one label, sorted by it. */
export const sumByLabel = (series: readonly Series[], label: string): ReadonlyMap<string, bigint> => {
  const sums = new Map<string, bigint>();
  for (const one of series) {
    if (one.kind !== 'value') continue;
    const name = one.labels[label] ?? '';
    sums.set(name, (sums.get(name) ?? 0n) + one.value);
  }
  return new Map([...sums].sort(([one], [other]) => (one < other ? -1 : 1)));
};
