import type { MetricTable } from '../metric';
import { LATENCY_SECONDS } from './buckets';

/** HTTP requests of the gateway and of the services that report theirs. */
export const HTTP_METRICS = {
  http_requests_total: {
    kind: 'counter',
    unit: 'count',
    help: 'HTTP requests, by status code.',
    labels: ['method', 'endpoint', 'status', 'service'],
    stored: 'hr',
    sources: [
      { system: 'AI Platform', name: 'http_requests_total' },
      { system: 'Proxy Agent Platform', name: 'http_requests_total' },
    ],
  },
  http_request_duration_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    help: 'Time to answer HTTP requests, also those that reach no provider.',
    labels: ['method', 'endpoint', 'service'],
    buckets: LATENCY_SECONDS,
    stored: 'hd',
    sources: [
      { system: 'AI Platform', name: 'http_request_duration_seconds' },
      { system: 'Proxy Agent Platform', name: 'http_request_duration_seconds' },
    ],
  },
} as const satisfies MetricTable;
