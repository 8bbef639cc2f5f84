import type { MetricTable } from '../metric';
import { LATENCY_SECONDS } from './buckets';

/** Calls of providers. A request that a fallback rescued has two attempts and one success. */
export const ATTEMPT_METRICS = {
  gateway_provider_requests_total: {
    kind: 'counter',
    unit: 'count',
    help: 'Calls of providers, by how they ended.',
    labels: ['provider', 'model', 'region', 'status'],
    stored: 'pr',
    emf: { ProviderRequests: {} },
  },
  gateway_provider_errors_total: {
    kind: 'counter',
    unit: 'count',
    help: 'Calls of providers that failed, by kind of error.',
    labels: ['provider', 'model', 'region', 'error_type'],
    stored: 'pe',
    emf: { ProviderErrors: {}, ProviderThrottles: { error_type: 'provider_throttled' } },
  },
  gateway_provider_duration_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    help: 'Time of one call of a provider, to its last byte.',
    labels: ['provider', 'model', 'region', 'attempt'],
    buckets: LATENCY_SECONDS,
    stored: 'pd',
    emf: { ProviderDuration: {} },
  },
  gateway_time_to_first_token_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    help: 'Time from the event in to the first event of the answer, for answers of providers.',
    labels: ['provider', 'model', 'region'],
    buckets: LATENCY_SECONDS,
    stored: 'tf',
    emf: { TimeToFirstToken: {} },
  },
  gateway_fallback_triggered_total: {
    kind: 'counter',
    unit: 'count',
    help: 'Changes of target after a failed attempt.',
    labels: ['from_provider', 'to_provider', 'error_type'],
    stored: 'ft',
    emf: { Fallbacks: {} },
  },
  gateway_fallback_success_total: {
    kind: 'counter',
    unit: 'count',
    help: 'Requests that another target answered after the first had failed.',
    labels: ['from_provider', 'to_provider'],
    stored: 'fs',
    emf: {},
  },
} as const satisfies MetricTable;
