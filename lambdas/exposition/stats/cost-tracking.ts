import type { Totals } from '../../core/counters/read-totals';
import { type ExactJson, toQuotient, toUsd } from './exact-json';

/** What was used and what it cost, since counting began. Averages and sums are those of the ledger, to the nano-dollar. */
export const toCostTracking = (totals: Totals): ExactJson => {
  const average = toQuotient(totals.costNanoUsd, totals.requests, 0);
  return {
    total_cost_usd: toUsd(totals.costNanoUsd),
    total_input_tokens: totals.inputTokens,
    total_output_tokens: totals.outputTokens,
    total_tokens: totals.inputTokens + totals.outputTokens,
    requests_tracked: totals.requests,
    average_cost_per_request: average === null ? null : toUsd(average),
    cost_by_model: toAmounts(totals.byModel),
    cost_by_provider: toAmounts(totals.byProvider),
    saved_by_cache_usd: toUsd(totals.savedNanoUsd),
    unmetered_requests: totals.unmetered,
  };
};

const toAmounts = (costs: ReadonlyMap<string, bigint>): ExactJson =>
  Object.fromEntries(
    [...costs].sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, cost]) => [name, toUsd(cost)]),
  );
