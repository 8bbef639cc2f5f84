import { METRICS_BY_NAME } from '../telemetry/metrics';
import type { StoredReading } from './readings';
import type { Series, SeriesByMetric } from './series';

/** One series per metric and labels: the latest, the highest or the sum of what its instances read. */
export const combineReadings = (readings: readonly StoredReading[]): SeriesByMetric => {
  const groups = new Map<string, StoredReading[]>();
  for (const reading of readings) {
    const key = JSON.stringify([reading.metric, reading.labels]);
    const group = groups.get(key);
    // A metric may have an instance for every session: the group is not copied.
    if (group === undefined) groups.set(key, [reading]);
    else group.push(reading);
  }
  const all = new Map<string, Series[]>();
  for (const group of groups.values()) {
    const [first] = group;
    if (first === undefined) continue;
    const series: Series = { kind: 'value', labels: first.labels, value: COMBINED[combineOf(first.metric)](group) };
    all.set(first.metric, [...(all.get(first.metric) ?? []), series]);
  }
  return all;
};

const combineOf = (name: string): keyof typeof COMBINED => {
  const metric = METRICS_BY_NAME.get(name);
  return (metric?.kind === 'gauge' ? metric.combine : undefined) ?? 'latest';
};

const amountOf = (reading: StoredReading | undefined): bigint => reading?.amount ?? 0n;

const COMBINED = {
  latest: (group: readonly StoredReading[]): bigint =>
    amountOf(
      group.reduce<StoredReading | undefined>((last, one) => (last && last.at >= one.at ? last : one), undefined),
    ),
  max: (group: readonly StoredReading[]): bigint =>
    amountOf(
      group.reduce<StoredReading | undefined>(
        (most, one) => (most && most.amount >= one.amount ? most : one),
        undefined,
      ),
    ),
  sum: (group: readonly StoredReading[]): bigint => group.reduce((sum, { amount }) => sum + amount, 0n),
};
