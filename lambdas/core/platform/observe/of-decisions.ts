import { when } from '../../telemetry/measure/observe';
import { toAmount } from '../../telemetry/metric';
import type { Observation } from '../../telemetry/metrics';
import type { EventOf } from '../event';
import { toPlatformLabel } from '../platform-label';

export const ofRoutingDecision = (event: EventOf<'routing_decision'>): Observation[] => {
  const { strategy, reason, durationSeconds } = event;
  const model = toPlatformLabel('model', event.model);
  return [
    { name: 'routing_decisions_total', labels: { strategy, model, reason }, amount: 1 },
    ...(durationSeconds === undefined
      ? []
      : when(true, () => ({
          name: 'router_decision_duration_seconds',
          labels: {},
          amount: toAmount('seconds', durationSeconds),
        }))),
  ];
};

export const ofCacheLookup = (event: EventOf<'cache_lookup'>): Observation[] => {
  const labels = { cache_type: event.cacheType, model: toPlatformLabel('model', event.model) };
  const savings = event.result === 'hit' ? (event.savingsUsd ?? 0) : 0;
  return [
    { name: event.result === 'hit' ? 'cache_hits_total' : 'cache_misses_total', labels, amount: 1 },
    ...when(savings > 0, () => ({ name: 'cache_savings_usd_total', labels, amount: toAmount('usd', savings) })),
  ];
};

export const ofCacheSavings = ({ cacheType, model, savingsUsd }: EventOf<'cache_savings'>): Observation[] =>
  when(savingsUsd > 0, () => ({
    name: 'cache_savings_usd_total',
    labels: { cache_type: cacheType, model: toPlatformLabel('model', model) },
    amount: toAmount('usd', savingsUsd),
  }));
