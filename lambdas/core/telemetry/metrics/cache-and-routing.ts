import type { MetricTable } from '../metric';
import { OVERHEAD_SECONDS } from './buckets';

/** What is decided before a provider is called. */
export const CACHE_AND_ROUTING_METRICS = {
  cache_hits_total: {
    kind: 'counter',
    unit: 'count',
    help: 'Requests answered from the cache, by the tier that had the answer.',
    labels: ['cache_type', 'model'],
    stored: 'ch',
    emf: { cache_hits: {} },
    sources: [
      { system: 'FluxAI', name: 'fluxai_cache_hits_total', labels: ['model', 'cache_type'] },
      { system: 'AI Platform', name: 'cache_hits_total', labels: ['cache_type'] },
    ],
  },
  cache_misses_total: {
    kind: 'counter',
    unit: 'count',
    help: 'Requests that asked the cache in vain, once each (cache_type "all"), and once per tier asked; a failing cache counts as a miss.',
    labels: ['cache_type', 'model'],
    stored: 'cm',
    sources: [
      { system: 'FluxAI', name: 'fluxai_cache_misses_total', labels: ['model'], where: { cache_type: ['all'] } },
      { system: 'AI Platform', name: 'cache_misses_total', labels: ['cache_type'] },
    ],
  },
  cache_hit_ratio: {
    kind: 'gauge',
    origin: 'derived',
    unit: 'ratio',
    help: 'Share of cache look-ups of the last five minutes that found an answer; absent without look-ups.',
    labels: ['model'],
    stored: 'cq',
    sources: [{ system: 'FluxAI', name: 'fluxai_cache_hit_rate' }],
  },
  cache_savings_usd_total: {
    kind: 'counter',
    unit: 'usd',
    help: 'What cache hits would have cost, in US dollars.',
    labels: ['cache_type', 'model'],
    stored: 'cs',
    emf: { saved_usd: {} },
    sources: [{ system: 'FluxAI', name: 'fluxai_cache_savings_dollars_total', labels: ['model'] }],
  },
  routing_decisions_total: {
    kind: 'counter',
    unit: 'count',
    help: 'Models chosen, by strategy and by the reason for the choice.',
    labels: ['strategy', 'model', 'reason'],
    stored: 'rt',
    sources: [
      { system: 'FluxAI', name: 'fluxai_routing_strategy_total', labels: ['strategy', 'model'] },
      { system: 'AI Platform', name: 'router_decisions_total', labels: ['model', 'reason'] },
    ],
  },
  router_decision_duration_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    help: 'Time to choose a model.',
    labels: [],
    buckets: OVERHEAD_SECONDS,
    stored: 'rs',
    sources: [{ system: 'AI Platform', name: 'router_decision_duration_seconds' }],
  },
} as const satisfies MetricTable;
