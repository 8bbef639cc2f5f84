import type { Totals } from '../../core/counters/read-totals';
import type { SeriesByMetric } from '../../core/counters/series';
import { UNITS } from '../../core/telemetry/metric';
import { toCostTracking } from './cost-tracking';
import { type ExactJson, toDecimal } from './exact-json';

type Described = { account: string | null; totals: Totals; rateLimits: Record<string, ExactJson> };

const toStats = ({ account, totals, rateLimits }: Described): ExactJson => ({
  account,
  cost_tracking: toCostTracking(totals),
  requests_by_status: sorted(totals.byOutcome),
  rate_limits: {
    hits: [...totals.rateLimitHits.values()].reduce((sum, count) => sum + count, 0n),
    hits_by_endpoint: sorted(totals.rateLimitHits),
    ...rateLimits,
  },
});

/** The statistics of everything: every account, every key. */
export const toOverallStats = (totals: Totals, series: SeriesByMetric): ExactJson => {
  const usage = (series.get('gateway_rate_limit_usage_ratio') ?? []).map((one): [string, ExactJson] => [
    one.labels.endpoint ?? '',
    one.kind === 'value' ? toDecimal(one.value, UNITS.ratio.decimals) : null,
  ]);
  return toStats({ account: null, totals, rateLimits: { usage_ratio_by_endpoint: sorted(usage) } });
};

/** The statistics of one account. `limits` are its own, and those of the key that asks when it belongs to the account. */
export const toAccountStats = (account: string, totals: Totals, limits: Record<string, ExactJson>): ExactJson =>
  toStats({ account, totals, rateLimits: { limits } });

const sorted = (entries: Iterable<readonly [string, ExactJson]>): ExactJson =>
  Object.fromEntries([...entries].sort(([one], [other]) => (one < other ? -1 : 1)));
