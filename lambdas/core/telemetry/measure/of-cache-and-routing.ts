import type { RequestRecord } from '../../ledger/record';
import { toLabelValue } from '../label-values';
import type { Observation } from '../metrics';
import { toMicroseconds, when } from './observe';
import { fellBack } from './of-attempts';

/** How a request was decided before a provider was called. */
export const ofCacheAndRouting = (record: RequestRecord): Observation[] => [...ofCache(record), ...ofRouting(record)];

const TIER = 'exact';

const ofCache = ({ cache, model: id, savedNanoUsd }: RequestRecord): Observation[] => {
  const model = toLabelValue('model', id);
  const missed = cache === 'miss' || cache === 'error';
  return [
    ...when(cache === 'hit', () => ({ name: 'cache_hits_total', labels: { cache_type: TIER, model }, amount: 1 })),
    ...when(cache === 'hit' && savedNanoUsd > 0, () => ({
      name: 'cache_savings_usd_total',
      labels: { cache_type: TIER, model },
      amount: savedNanoUsd,
    })),
    ...when(missed, () => ({ name: 'cache_misses_total', labels: { cache_type: 'all', model }, amount: 1 })),
    ...when(missed, () => ({ name: 'cache_misses_total', labels: { cache_type: TIER, model }, amount: 1 })),
  ];
};

/** A request that was refused before a target was chosen has no provider. */
const ofRouting = ({ provider, model, attempts, routingMs }: RequestRecord): Observation[] =>
  provider === 'none'
    ? []
    : [
        {
          name: 'routing_decisions_total',
          labels: {
            strategy: 'requested',
            model: toLabelValue('model', model),
            reason: fellBack(attempts) ? 'fallback' : 'requested',
          },
          amount: 1,
        },
        { name: 'router_decision_duration_seconds', labels: {}, amount: toMicroseconds(routingMs) },
      ];
