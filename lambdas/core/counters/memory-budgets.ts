import { toAmount } from '../telemetry/metric';
import type { DerivedName, ReadingName } from '../telemetry/metrics';
import type { StoredReading } from './readings';
import type { Series, SeriesByMetric } from './series';

const LIMIT: ReadingName = 'memory_budget_limit_bytes';
const USED: ReadingName = 'memory_budget_used_bytes';
const WHOLE = BigInt(toAmount('ratio', 1));

/** How full the fullest session's memory is, and the 95th percentile of all; nothing when no session reports. */
export const memoryBudgets = (readings: readonly StoredReading[]): SeriesByMetric => {
  const limits = new Map(readings.filter(({ metric }) => metric === LIMIT).map((one) => [one.instance, one.amount]));
  const ratios = readings
    .filter(({ metric }) => metric === USED)
    .flatMap(({ instance, amount }) => {
      const limit = limits.get(instance) ?? 0n;
      return limit === 0n ? [] : [(amount * WHOLE) / limit];
    })
    .sort((one, other) => Number(one - other));
  const name: DerivedName = 'memory_budget_utilization';
  const of = (stat: 'max' | 'p95', value: bigint | undefined): Series[] =>
    value === undefined ? [] : [{ kind: 'value', labels: { stat }, value }];
  return new Map([[name, [...of('max', ratios.at(-1)), ...of('p95', ratios[Math.ceil(ratios.length * 0.95) - 1])]]]);
};
