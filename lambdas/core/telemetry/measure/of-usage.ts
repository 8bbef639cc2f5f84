import { totalTokens, type Usage } from '../../chat/usage';
import type { RequestRecord } from '../../ledger/record';
import type { Observation } from '../metrics';
import { when } from './observe';

/** Tokens and money of a request. Usage that nobody reported is not a token count of 0: it is not counted, and flagged. */
export const ofUsage = (record: RequestRecord): Observation[] => {
  const { provider, model, region, attempts, outcome, costNanoUsd, overshootNanoUsd } = record;
  const target = { provider, model, region };
  return [
    ...ofTokens(record),
    ...when(costNanoUsd > 0, () => ({ name: 'gateway_cost_usd_total', labels: target, amount: costNanoUsd })),
    // What an abandoned request cost is not known yet: its charge is its hold.
    ...when(attempts.length > 0 && outcome !== 'abandoned', () => ({
      name: 'gateway_cost_per_request_usd',
      labels: target,
      amount: costNanoUsd,
    })),
    ...when(record.unmetered, () => ({
      name: 'gateway_unmetered_requests_total',
      labels: { provider, model },
      amount: 1,
    })),
    ...when(overshootNanoUsd > 0, () => ({
      name: 'gateway_overshoot_usd_total',
      labels: { provider, model },
      amount: overshootNanoUsd,
    })),
  ];
};

const ofTokens = ({ provider, model, region, cache, usage }: RequestRecord): Observation[] =>
  usage === undefined
    ? []
    : Object.entries(tokenTypes(usage, cache === 'hit')).flatMap(([type, tokens]) =>
        when(tokens > 0, () => ({
          name: 'gateway_tokens_total',
          labels: { provider, model, region, type },
          amount: tokens,
        })),
      );

/** What the cache answers was processed once already: it is counted under a type of its own. */
const tokenTypes = (usage: Usage, fromCache: boolean): Record<string, number> =>
  fromCache
    ? { cached: totalTokens(usage) }
    : {
        input: usage.input,
        output: usage.output,
        cache_read: usage.cacheRead,
        cache_write: usage.cacheWrite5m + usage.cacheWrite1h,
      };
