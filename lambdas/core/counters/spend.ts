import type { DerivedName } from '../telemetry/metrics';
import { type CounterTable, readFamily } from './read-partition';
import { dayAttribute, hourFamily, monthFamily } from './roll-ups';
import type { Series, SeriesByMetric } from './series';

/** Spend of the hour, day and month (UTC) that are under way, in nano-dollars. */
export type Spend = { hour: bigint; day: bigint; month: bigint };

export const createReadSpend = (from: CounterTable & { now: () => number }) => async (): Promise<Spend> => {
  const now = from.now();
  const [hour, month] = await Promise.all([readFamily(from, hourFamily(now)), readFamily(from, monthFamily(now))]);
  return { hour: hour.get('hour') ?? 0n, day: month.get(dayAttribute(now)) ?? 0n, month: month.get('month') ?? 0n };
};

export const spendSeries = (spend: Spend): SeriesByMetric => {
  const name: DerivedName = 'gateway_spend_usd';
  const series = Object.entries(spend).map(([period, value]): Series => ({ kind: 'value', labels: { period }, value }));
  return new Map([[name, series]]);
};
