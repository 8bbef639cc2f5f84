import { LABEL_VALUES } from '../telemetry/label-values';
import type { DerivedName } from '../telemetry/metrics';
import type { CountActive } from './active-requests';
import { combineReadings } from './combine-readings';
import type { Counters } from './counter-store';
import { withKnownSeries } from './known-series';
import { memoryBudgets } from './memory-budgets';
import { createNeverFalling } from './never-falling';
import type { StoredReading } from './readings';
import { RECENT_MINUTES, recentRatios } from './recent';
import { type Series, type SeriesByMetric, toSeries } from './series';
import { type Spend, spendSeries } from './spend';

export type ReadAllSeriesDeps = {
  readCounters: () => Promise<Counters>;
  readRecent: () => Promise<ReadonlyMap<string, bigint>>;
  readSpend: () => Promise<Spend>;
  readReadings: () => Promise<StoredReading[]>;
  countSessions: (minutes: number) => Promise<number>;
  countActive: CountActive;
};

/** Every series that there is at this moment, under canonical names. Rejects when one of the stores does. */
export type ReadAllSeries = () => Promise<SeriesByMetric>;

/** What `/metrics` shows and remote write sends: counters that never fall, and the gauges of the same moment. */
export const createReadAllSeries = (deps: ReadAllSeriesDeps): ReadAllSeries => {
  const neverFalling = createNeverFalling();
  return async () => {
    const [counters, recent, spend, readings, sessions, active] = await Promise.all([
      deps.readCounters(),
      deps.readRecent(),
      deps.readSpend(),
      deps.readReadings(),
      deps.countSessions(RECENT_MINUTES),
      deps.countActive(),
    ]);
    const counted = neverFalling(withKnownSeries(toSeries(counters)));
    const called = (counted.get('gateway_provider_requests_total') ?? []).map(({ labels }) => labels);
    const all = new Map([
      ...counted,
      ...combineReadings(readings),
      ...memoryBudgets(readings),
      ...recentRatios(recent, called),
      ...spendSeries(spend),
      ...gauge('gateway_unique_sessions', BigInt(sessions)),
      ...activeRequests(active),
    ]);
    const count = [...all.values()].reduce((sum, series) => sum + series.length, 1);
    return new Map([...all, ...gauge('telemetry_series', BigInt(count))]);
  };
};

const gauge = (name: DerivedName, value: bigint): SeriesByMetric =>
  new Map([[name, [{ kind: 'value', labels: {}, value }]]]);

const activeRequests = (active: ReadonlyMap<string, number>): SeriesByMetric => {
  const name: DerivedName = 'gateway_active_requests';
  const idle = LABEL_VALUES.provider
    .filter((provider) => provider !== 'none')
    .map((provider) => [provider, 0] as const);
  const series = [...new Map([...idle, ...active])].map(
    ([provider, count]): Series => ({ kind: 'value', labels: { provider }, value: BigInt(count) }),
  );
  return new Map([[name, series]]);
};
