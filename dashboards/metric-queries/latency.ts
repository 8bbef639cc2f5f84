import type { MetricQueryTable } from '../metric-query';

const ONE_QUANTILE_EACH =
  'The buckets are not summed: one quantile for every set of labels, and quantiles cannot be averaged.';

/** How long requests take. */
export const LATENCY_QUERIES = {
  'latency-average': {
    title: 'Average latency',
    answers: 'The mean time of a request over the last 5 minutes, in seconds.',
    expression:
      'sum(rate(gateway_request_duration_seconds_sum[5m])) / (sum(rate(gateway_request_duration_seconds_count[5m])) > 0)',
    asked: [
      {
        system: 'FluxAI',
        expression: 'histogram_quantile(0.5, sum by (le) (rate(fluxai_request_duration_seconds_bucket[5m])))',
        fault: 'The 0.5 quantile is the median, not the average.',
      },
    ],
  },
  'latency-p50': {
    title: 'Median latency',
    answers: 'The time that half of the requests of the last 5 minutes stayed below, in seconds.',
    expression: 'histogram_quantile(0.5, sum by (le) (rate(gateway_request_duration_seconds_bucket[5m])))',
    asked: [
      {
        system: 'FluxAI',
        expression: 'histogram_quantile(0.5, sum by (le) (rate(fluxai_request_duration_seconds_bucket[5m])))',
      },
    ],
  },
  'latency-p90': {
    title: 'p90 latency',
    answers: 'The time that 90 % of the requests of the last 5 minutes stayed below, in seconds.',
    expression: 'histogram_quantile(0.9, sum by (le) (rate(gateway_request_duration_seconds_bucket[5m])))',
  },
  'latency-p95': {
    title: 'p95 latency',
    answers: 'The time that 95 % of the requests of the last 5 minutes stayed below, in seconds, over all providers.',
    expression: 'histogram_quantile(0.95, sum by (le) (rate(gateway_request_duration_seconds_bucket[5m])))',
    asked: [
      {
        system: 'FluxAI',
        expression: 'histogram_quantile(0.95, sum by (le) (rate(fluxai_request_duration_seconds_bucket[5m])))',
      },
      {
        system: 'Model Gateway',
        expression: 'histogram_quantile(0.95, rate(gateway_request_duration_seconds_bucket[5m]))',
        fault: ONE_QUANTILE_EACH,
      },
      {
        system: 'ChoreoAI',
        expression: 'histogram_quantile(0.95, rate(choreoai_request_duration_seconds_bucket[5m]))',
        fault: ONE_QUANTILE_EACH,
      },
    ],
  },
  'latency-p99': {
    title: 'p99 latency',
    answers: 'The time that 99 % of the requests of the last 5 minutes stayed below, in seconds.',
    expression: 'histogram_quantile(0.99, sum by (le) (rate(gateway_request_duration_seconds_bucket[5m])))',
    asked: [
      {
        system: 'FluxAI',
        expression: 'histogram_quantile(0.99, sum by (le) (rate(fluxai_request_duration_seconds_bucket[5m])))',
      },
    ],
  },
  'latency-p50-of-a-provider': {
    title: 'Median latency of a provider',
    answers: 'The median time of the requests that one provider answered within the last 5 minutes, in seconds.',
    expression:
      'histogram_quantile(0.5, sum by (le) (rate(gateway_request_duration_seconds_bucket{provider="bedrock"}[5m])))',
    asked: [
      {
        system: 'Model Gateway',
        expression: 'histogram_quantile(0.5, rate(gateway_request_duration_seconds_bucket{provider="anthropic"}[5m]))',
        fault: `${ONE_QUANTILE_EACH} The label provider names who serves a model, not who made it.`,
      },
    ],
  },
  'latency-p99-of-a-model': {
    title: 'p99 latency of a model',
    answers: 'The time that 99 % of the requests of one model stayed below within the last 5 minutes, in seconds.',
    expression:
      'histogram_quantile(0.99, sum by (le) (rate(gateway_request_duration_seconds_bucket{model="claude-sonnet-4-5"}[5m])))',
    asked: [
      {
        system: 'Model Gateway',
        expression:
          'histogram_quantile(0.99, rate(gateway_request_duration_seconds_bucket{model="claude-sonnet-4-5"}[5m]))',
        fault: ONE_QUANTILE_EACH,
      },
    ],
    note: 'The label is the id of the catalogue, whatever dated name or alias the client sent.',
  },
  'time-to-first-token-p95': {
    title: 'p95 time to first token, by model',
    answers: 'The time to the first event of an answer that 95 % stayed below within the last 5 minutes, in seconds.',
    expression: 'histogram_quantile(0.95, sum by (le, model) (rate(gateway_time_to_first_token_seconds_bucket[5m])))',
  },
  'overhead-p99': {
    title: 'p99 overhead of the gateway',
    answers: 'What the gateway itself added to 99 % of the requests of the last 5 minutes at most, in seconds.',
    expression: 'histogram_quantile(0.99, sum by (le) (rate(gateway_overhead_seconds_bucket[5m])))',
  },
} as const satisfies MetricQueryTable;
