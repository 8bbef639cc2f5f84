import type { MetricQueryTable } from '../metric-query';

/** What is under way, what waits, and what is refused for it. */
export const LOAD_QUERIES = {
  'active-requests': {
    title: 'Active requests',
    answers: 'Requests that are under way.',
    expression: 'sum(gateway_active_requests)',
    asked: [
      { system: 'FluxAI', expression: 'fluxai_active_connections' },
      { system: 'Model Gateway', expression: 'gateway_active_requests', note: 'By provider.' },
      { system: 'ChoreoAI', expression: 'choreoai_active_connections' },
      { system: 'Proxy Agent Platform', expression: 'http_requests_active' },
    ],
  },
  'connection-spike': {
    title: 'Connection spike',
    answers: 'By how many requests under way there are more than a minute ago, when it is more than 100.',
    expression: '(sum(gateway_active_requests) - sum(gateway_active_requests offset 1m)) > 100',
    asked: [
      {
        system: 'FluxAI',
        expression: 'delta(fluxai_active_connections[1m]) > 100',
        fault: 'A window of a minute has too few samples for a difference when there is one a minute.',
      },
    ],
  },
  'unique-sessions': {
    title: 'Sessions',
    answers: 'Sessions that clients named and that had a request within the last 5 minutes.',
    expression: 'gateway_unique_sessions',
  },
  'queue-depth': {
    title: 'Queue depth',
    answers: 'Requests that wait in the queues of services.',
    expression: 'sum(request_queue_depth)',
    asked: [
      { system: 'FluxAI', expression: 'fluxai_queue_depth' },
      { system: 'ChoreoAI', expression: 'choreoai_queue_size' },
    ],
  },
  'queue-saturation': {
    title: 'Queue saturation',
    answers: 'Requests that wait in the queues of services, when they are more than 1000.',
    expression: 'sum(request_queue_depth) > 1000',
    asked: [{ system: 'FluxAI', expression: 'fluxai_queue_depth > 1000' }],
  },
  'rate-limit-hits': {
    title: 'Rate limit hits',
    answers: 'Requests per second that a rate limit refused, over the last 5 minutes.',
    expression: 'sum(rate(gateway_rate_limit_hits_total[5m]))',
    asked: [
      {
        system: 'Model Gateway',
        expression: 'gateway_rate_limit_hits_total',
        fault: 'It is the count since the stack was deployed, one line for every endpoint.',
      },
    ],
    note: 'By client: in the logs (no client is a label), under the saved log queries.',
  },
  'rate-limit-hits-of-an-endpoint': {
    title: 'Rate limit hits of an endpoint',
    answers: 'Requests of one endpoint that a rate limit refused within the last 24 hours.',
    expression: 'sum(increase(gateway_rate_limit_hits_total{endpoint="/v1/chat/completions"}[24h]))',
    asked: [
      {
        system: 'Model Gateway',
        expression: 'gateway_rate_limit_hits_total{endpoint="/v1/generate"}',
        fault: 'There is no such endpoint here.',
      },
    ],
  },
  'rate-limit-approaching': {
    title: 'Rate limit approaching',
    answers: 'Endpoints of which a client has used more than 80 % of its limit, with the highest share.',
    expression: 'gateway_rate_limit_usage_ratio > 0.8',
    asked: [
      {
        system: 'ChoreoAI',
        expression: 'rate(choreoai_requests_total[1m]) > 80',
        fault: 'It compares requests per second with a limit per minute, and all clients with the limit of one.',
      },
    ],
  },
} as const satisfies MetricQueryTable;
