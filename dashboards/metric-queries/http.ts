import type { MetricQueryTable } from '../metric-query';

/** HTTP requests of the gateway and of the services that report theirs. */
export const HTTP_QUERIES = {
  'http-rate-by-endpoint': {
    title: 'HTTP request rate by endpoint',
    answers: 'HTTP requests per second of each endpoint, over the last 5 minutes.',
    expression: 'sum by (endpoint) (rate(http_requests_total[5m]))',
    asked: [{ system: 'Proxy Agent Platform', expression: 'sum by (endpoint) (rate(http_requests_total[5m]))' }],
  },
  'http-5xx-percent': {
    title: 'HTTP 5xx in percent',
    answers:
      'How many percent of the HTTP requests of the last 5 minutes were answered with a 5xx; nothing without requests.',
    expression:
      '(sum(rate(http_requests_total{status=~"5.."}[5m])) or vector(0)) / (sum(rate(http_requests_total[5m])) > 0) * 100',
    asked: [
      {
        system: 'Proxy Agent Platform',
        expression: 'rate(http_requests_total{status=~"5.."}[5m]) / rate(http_requests_total[5m]) * 100',
        fault: 'Each series of errors is divided by itself: always 100. Sum both sides before dividing.',
      },
    ],
  },
  'high-5xx-ratio': {
    title: 'High ratio of 5xx',
    answers: 'The share of HTTP requests of the last 5 minutes answered with a 5xx, when it is more than 0.05.',
    expression: 'sum(rate(http_requests_total{status=~"5.."}[5m])) / sum(rate(http_requests_total[5m])) > 0.05',
    asked: [
      {
        system: 'Proxy Agent Platform',
        expression: 'rate(http_requests_total{status=~"5.."}[5m]) > 0.05',
        fault: 'It is errors per second, called percent: under heavy traffic it fires at the smallest share.',
      },
    ],
  },
  'http-latency-p95': {
    title: 'p95 HTTP response time',
    answers: 'The time that 95 % of the HTTP requests of the last 5 minutes stayed below, in seconds.',
    expression: 'histogram_quantile(0.95, sum by (le) (rate(http_request_duration_seconds_bucket[5m])))',
    asked: [
      {
        system: 'Proxy Agent Platform',
        expression: 'histogram_quantile(0.95, rate(http_request_duration_seconds_bucket[5m]))',
        fault: 'The buckets are not summed: one quantile for every set of labels, and quantiles cannot be averaged.',
      },
    ],
  },
  'service-latency-p95': {
    title: 'p95 HTTP response time by service',
    answers:
      'The time that 95 % of the HTTP requests of each service stayed below within the last 5 minutes, in seconds.',
    expression: 'histogram_quantile(0.95, sum by (le, service) (rate(http_request_duration_seconds_bucket[5m])))',
    asked: [
      {
        system: 'AI Platform',
        expression: 'histogram_quantile(0.95, sum by (le, endpoint) (rate(http_request_duration_seconds_bucket[5m])))',
        fault: 'Without the label service, the services cannot be told apart.',
      },
    ],
  },
} as const satisfies MetricQueryTable;
