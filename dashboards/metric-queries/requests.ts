import type { MetricQueryTable } from '../metric-query';

const ONE_LINE_EACH = 'It is not summed: one line for every set of labels, none of them the answer.';

/** How many requests there are, and how they end. */
export const REQUEST_QUERIES = {
  'requests-of-a-day': {
    title: 'Requests of a day',
    answers: 'How many requests there were within the last 24 hours.',
    expression: 'sum(increase(gateway_requests_total[24h]))',
    asked: [
      {
        system: 'FluxAI',
        expression: 'sum(fluxai_requests_total)',
        note: 'All requests since the stack was deployed: these counters never restart.',
      },
    ],
  },
  'requests-by-model': {
    title: 'Requests by model',
    answers: 'How many requests each model had within the last 24 hours.',
    expression: 'sum by (model) (increase(gateway_requests_total[24h]))',
    asked: [
      {
        system: 'FluxAI',
        expression: 'sum by (model) (fluxai_requests_total)',
        note: 'Since the stack was deployed.',
      },
    ],
  },
  'request-rate': {
    title: 'Request rate',
    answers: 'Requests per second, over the last 5 minutes.',
    expression: 'sum(rate(gateway_requests_total[5m]))',
    asked: [{ system: 'Model Gateway', expression: 'rate(gateway_requests_total[5m])', fault: ONE_LINE_EACH }],
  },
  'success-ratio': {
    title: 'Success ratio',
    answers: 'The share of requests that succeeded within the last 5 minutes, from 0 to 1; nothing without requests.',
    expression:
      '(sum(rate(gateway_requests_total{status="success"}[5m])) or vector(0)) / (sum(rate(gateway_requests_total[5m])) > 0)',
    asked: [
      {
        system: 'FluxAI',
        expression: 'sum(rate(fluxai_requests_total{status="success"}[5m])) / sum(rate(fluxai_requests_total[5m]))',
        note: 'It is NaN without requests, and empty until the first success.',
      },
      {
        system: 'Model Gateway',
        expression: 'rate(gateway_requests_success_total[5m]) / rate(gateway_requests_total[5m])',
        fault: 'The two sides have different labels, so nothing matches. Sum both before dividing.',
      },
    ],
  },
  'requests-by-end': {
    title: 'Requests by how they ended',
    answers: 'Requests per second by status, over the last 5 minutes.',
    expression: 'sum by (status) (rate(gateway_requests_total[5m]))',
  },
  'error-rate': {
    title: 'Errors per second',
    answers: 'Requests per second that were answered with an error, over the last 5 minutes.',
    expression: 'sum(rate(gateway_request_errors_total[5m]))',
    asked: [
      {
        system: 'FluxAI',
        expression: 'rate(fluxai_request_errors_total[5m])',
        fault: `${ONE_LINE_EACH} Many small ones stay below a threshold that their sum is far above.`,
      },
    ],
  },
  'errors-by-type': {
    title: 'Errors by type',
    answers: 'How many errors of each kind there were within the last 24 hours.',
    expression: 'sum by (error_type) (increase(gateway_request_errors_total[24h]))',
    asked: [
      {
        system: 'FluxAI',
        expression: 'sum by (error_type) (fluxai_request_errors_total)',
        note: 'Since the stack was deployed.',
      },
    ],
  },
  'high-error-volume': {
    title: 'High error volume',
    answers: 'Errors per second over the last 5 minutes, when they are more than 0.05.',
    expression: 'sum(rate(gateway_request_errors_total[5m])) > 0.05',
    asked: [
      {
        system: 'ChoreoAI',
        expression: 'rate(choreoai_errors_total[5m]) > 0.05',
        fault: `${ONE_LINE_EACH} Many small ones stay below a threshold that their sum is far above.`,
      },
    ],
    note: 'A volume, not a share: for that see the success ratio.',
  },
  'streamed-requests': {
    title: 'Streamed requests',
    answers: 'Requests per second that asked for a stream, over the last 5 minutes.',
    expression: 'sum(rate(gateway_streaming_requests_total[5m]))',
    asked: [{ system: 'ChoreoAI', expression: 'sum(rate(choreoai_streaming_requests_total[5m]))' }],
  },
} as const satisfies MetricQueryTable;
