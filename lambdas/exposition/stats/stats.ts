import type { Totals } from '../../core/counters/read-totals';
import type { SeriesByMetric } from '../../core/counters/series';
import { toCostTracking } from './cost-tracking';
import { type ExactJson, toDecimal } from './exact-json';
import { sumByLabel } from './sum-by-label';

/** What stands in every answer. */
const toCommon = (totals: Totals): { cost_tracking: ExactJson; requests_by_status: ExactJson } => ({
  cost_tracking: toCostTracking(totals),
  requests_by_status: Object.fromEntries([...totals.byOutcome].sort(([one], [other]) => (one < other ? -1 : 1))),
});

/** The statistics of everything: every account, every key. */
export const toOverallStats = (totals: Totals, series: SeriesByMetric): ExactJson => {
  const hits = sumByLabel(series.get('gateway_rate_limit_hits_total') ?? [], 'endpoint');
  const usage = sumByLabel(series.get('gateway_rate_limit_usage_ratio') ?? [], 'endpoint');
  return {
    account: null,
    ...toCommon(totals),
    rate_limits: {
      hits: [...hits.values()].reduce((sum, count) => sum + count, 0n),
      hits_by_endpoint: Object.fromEntries([...hits].filter(([, count]) => count > 0n)),
      usage_ratio_by_endpoint: Object.fromEntries([...usage].map(([name, ratio]) => [name, toDecimal(ratio, 6)])),
    },
  };
};

/** The statistics of one account. `limits` are its own, and those of the key that asks when it belongs to the account. */
export const toAccountStats = (account: string, totals: Totals, limits: Record<string, ExactJson>): ExactJson => ({
  account,
  ...toCommon(totals),
  rate_limits: { hits: totals.byOutcome.get('rate_limited') ?? 0n, limits },
});
