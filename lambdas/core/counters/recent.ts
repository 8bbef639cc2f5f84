import { minuteOf } from '../ledger/windows';
import { toAmount } from '../telemetry/metric';
import type { DerivedName } from '../telemetry/metrics';
import { type CounterTable, readFamily } from './read-partition';
import { minuteFamily } from './roll-ups';
import type { Series, SeriesByMetric } from './series';

/** Ratios look back so many minutes, the one under way included. */
export const RECENT_MINUTES = 5;

/** What happened within the last minutes: sums by attribute, see `rollUps`. */
export const createReadRecent = (from: CounterTable & { now: () => number }) => async () => {
  const last = minuteOf(from.now());
  const minutes = Array.from({ length: RECENT_MINUTES }, (_, ago) => minuteFamily(last - ago));
  const sums = new Map<string, bigint>();
  for (const attributes of await Promise.all(minutes.map((family) => readFamily(from, family)))) {
    for (const [attribute, amount] of attributes) sums.set(attribute, (sums.get(attribute) ?? 0n) + amount);
  }
  return sums;
};

const WHOLE = BigInt(toAmount('ratio', 1));

const valueSeries = (labels: Readonly<Record<string, string>>, value: bigint): Series => ({
  kind: 'value',
  labels,
  value,
});

/**
 * The ratios of the last minutes. A model that was called once and is idle now is available; a cache that nobody asks has
 * no hit ratio.
 */
export const recentRatios = (
  recent: ReadonlyMap<string, bigint>,
  everCalled: readonly Readonly<Record<string, string>>[],
): SeriesByMetric => {
  const targets = new Map(
    everCalled.map(({ provider = '', model = '', region = '' }) => [
      `${provider}|${model}|${region}`,
      { provider, model, region },
    ]),
  );
  const availability = [...targets].map(([target, labels]) => {
    const good = recent.get(`good|${target}`) ?? 0n;
    const all = good + (recent.get(`bad|${target}`) ?? 0n);
    return { labels, value: all === 0n ? WHOLE : (good * WHOLE) / all };
  });
  const ratios: Record<Extract<DerivedName, `gateway_model_${string}` | 'cache_hit_ratio'>, Series[]> = {
    gateway_model_availability: availability.map(({ labels, value }) => valueSeries(labels, value)),
    gateway_model_error_ratio: availability.map(({ labels, value }) => valueSeries(labels, WHOLE - value)),
    cache_hit_ratio: hitRatios(recent),
  };
  return new Map(Object.entries(ratios));
};

const hitRatios = (recent: ReadonlyMap<string, bigint>): Series[] => {
  const models = new Set([...recent.keys()].flatMap((attribute) => /^(?:hit|miss)\|(.+)$/.exec(attribute)?.[1] ?? []));
  return [...models].flatMap((model) => {
    const hits = recent.get(`hit|${model}`) ?? 0n;
    const all = hits + (recent.get(`miss|${model}`) ?? 0n);
    return all === 0n ? [] : [valueSeries({ model }, (hits * WHOLE) / all)];
  });
};
