import { toAmount } from '../telemetry/metric';
import { METRICS, type Measurement } from '../telemetry/metrics';
import type { Increments } from './counter-store';
import { INFINITE, SUM, toSeriesKey } from './series-key';

/** The sum of measurements, as what each counter item gets. Attributes that would get 0 are left out. */
export const fold = (measurements: readonly Measurement[]): Increments => {
  const families = new Map<string, Map<string, number>>();
  for (const { name, labels, amount, times } of measurements) {
    for (const { part, by } of partsOf(name, amount, times)) {
      const { family, attribute } = toSeriesKey(name, labels, part);
      const attributes = families.get(family) ?? new Map<string, number>();
      families.set(family, attributes.set(attribute, (attributes.get(attribute) ?? 0) + by));
    }
  }
  return families;
};

type Part = { part?: string; by: number };

const partsOf = (name: Measurement['name'], amount: number, times: number): Part[] => {
  const metric = METRICS[name];
  if (metric.kind === 'counter') return amount === 0 ? [] : [{ by: amount * times }];
  const bound = metric.buckets.find((upper) => amount <= toAmount(metric.unit, upper));
  const bucket = { part: bound === undefined ? INFINITE : String(bound), by: times };
  return amount === 0 ? [bucket] : [bucket, { part: SUM, by: amount * times }];
};
