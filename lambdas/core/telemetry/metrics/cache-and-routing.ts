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
    emf: { CacheHits: {} },
  },
  cache_misses_total: {
    kind: 'counter',
    unit: 'count',
    help: 'Requests that asked the cache in vain, once each (cache_type "all"); a failing cache counts as a miss.',
    labels: ['cache_type', 'model'],
    stored: 'cm',
    emf: { CacheMisses: { cache_type: 'all' } },
  },
  cache_savings_usd_total: {
    kind: 'counter',
    unit: 'usd',
    help: 'What cache hits would have cost, in US dollars.',
    labels: ['cache_type', 'model'],
    stored: 'cs',
    emf: { SavedUsd: {} },
  },
  routing_decisions_total: {
    kind: 'counter',
    unit: 'count',
    help: 'Models chosen, by strategy and by the reason for the choice.',
    labels: ['strategy', 'model', 'reason'],
    stored: 'rt',
    emf: {},
  },
  router_decision_duration_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    help: 'Time to choose a model.',
    labels: [],
    buckets: OVERHEAD_SECONDS,
    stored: 'rs',
    emf: {},
  },
} as const satisfies MetricTable;
