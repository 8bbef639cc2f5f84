import type { MetricQueryTable } from '../metric-query';

/** Tokens, and what they cost. */
export const MONEY_QUERIES = {
  'input-tokens-of-a-day': {
    title: 'Input tokens of a day',
    answers: 'Tokens that providers read within the last 24 hours, prompt caches included.',
    expression: 'sum(increase(gateway_tokens_total{type=~"input|cache_read|cache_write"}[24h]))',
    asked: [{ system: 'FluxAI', expression: 'sum(fluxai_input_tokens_total)', note: 'Since the stack was deployed.' }],
  },
  'input-tokens-per-minute': {
    title: 'Input tokens per minute',
    answers: 'Tokens per minute that providers read, over the last 5 minutes.',
    expression: 'sum(rate(gateway_tokens_total{type=~"input|cache_read|cache_write"}[5m])) * 60',
    asked: [
      {
        system: 'FluxAI',
        expression: 'rate(fluxai_input_tokens_total[1m]) * 60',
        fault: 'It is not summed, and a window of a minute has too few samples when there is one a minute.',
      },
    ],
  },
  'output-tokens-of-a-day': {
    title: 'Output tokens of a day',
    answers: 'Tokens that providers wrote within the last 24 hours.',
    expression: 'sum(increase(gateway_tokens_total{type="output"}[24h]))',
    asked: [{ system: 'FluxAI', expression: 'sum(fluxai_output_tokens_total)', note: 'Since the stack was deployed.' }],
  },
  'output-tokens-per-minute': {
    title: 'Output tokens per minute',
    answers: 'Tokens per minute that providers wrote, over the last 5 minutes.',
    expression: 'sum(rate(gateway_tokens_total{type="output"}[5m])) * 60',
    asked: [
      {
        system: 'FluxAI',
        expression: 'rate(fluxai_output_tokens_total[1m]) * 60',
        fault: 'It is not summed, and a window of a minute has too few samples when there is one a minute.',
      },
    ],
  },
  'cost-of-a-day': {
    title: 'Cost of a day',
    answers: 'What requests were charged within the last 24 hours, in US dollars.',
    expression: 'sum(increase(gateway_cost_usd_total[24h]))',
    asked: [{ system: 'FluxAI', expression: 'sum(fluxai_cost_dollars_total)', note: 'Since the stack was deployed.' }],
    note: 'Prometheus extrapolates. The money record is the ledger: GET /metrics/stats has it to the cent.',
  },
  'cost-by-model': {
    title: 'Cost by model',
    answers: 'What each model was charged within the last 24 hours, in US dollars.',
    expression: 'sum by (model) (increase(gateway_cost_usd_total[24h]))',
    asked: [
      {
        system: 'FluxAI',
        expression: 'sum by (model) (fluxai_cost_dollars_total)',
        note: 'Since the stack was deployed.',
      },
      {
        system: 'Model Gateway',
        expression: 'sum by (model) (gateway_cost_total_usd)',
        note: 'Since the stack was deployed.',
      },
    ],
  },
  'cost-per-hour': {
    title: 'Cost per hour',
    answers: 'US dollars per hour at the pace of the last hour.',
    expression: 'sum(rate(gateway_cost_usd_total[1h])) * 3600',
    asked: [
      {
        system: 'Model Gateway',
        expression: 'rate(gateway_cost_total_usd[1h]) * 3600',
        fault: 'It is not summed: one line for every provider and model.',
      },
    ],
  },
  'daily-cost-estimate': {
    title: 'Daily cost estimate',
    answers: 'US dollars per day at the pace of the last hour.',
    expression: 'sum(rate(gateway_cost_usd_total[1h])) * 86400',
    asked: [
      {
        system: 'FluxAI',
        expression: 'sum(rate(fluxai_cost_dollars_total[1h])) * 24',
        fault: 'A rate is per second: a day has 86400 of them, so this is 3600 times too small.',
      },
    ],
  },
  'high-hourly-cost': {
    title: 'High hourly cost',
    answers: 'US dollars spent within the last hour, when they are more than 10.',
    expression: 'sum(increase(gateway_cost_usd_total[1h])) > 10',
    asked: [
      {
        system: 'FluxAI',
        expression: 'rate(fluxai_cost_dollars_total[1h]) > 10',
        fault: 'It compares US dollars per second, series by series: it fires above 36,000 an hour.',
      },
    ],
  },
  'cost-per-request-by-model': {
    title: 'Average cost per request, by model',
    answers: 'What a request of each model cost on average within the last 5 minutes, in US dollars.',
    expression:
      'sum by (model) (rate(gateway_cost_per_request_usd_sum[5m])) / (sum by (model) (rate(gateway_cost_per_request_usd_count[5m])) > 0)',
    asked: [
      {
        system: 'FluxAI',
        expression: 'histogram_quantile(0.5, sum by (le, model) (rate(fluxai_cost_per_request_dollars_bucket[5m])))',
        fault: 'The 0.5 quantile is the median, not the average.',
      },
    ],
  },
  'dearest-model': {
    title: 'Dearest model',
    answers: 'The model whose requests cost most on average within the last 24 hours, in US dollars.',
    expression:
      'topk(1, sum by (model) (increase(gateway_cost_per_request_usd_sum[24h])) / (sum by (model) (increase(gateway_cost_per_request_usd_count[24h])) > 0))',
    asked: [
      {
        system: 'FluxAI',
        expression:
          'topk(1, sum by (model) (fluxai_cost_per_request_dollars_sum) / sum by (model) (fluxai_cost_per_request_dollars_count))',
        note: 'Since the stack was deployed.',
      },
    ],
  },
  'cost-per-request-p99': {
    title: 'p99 cost per request, by model',
    answers: 'What 99 % of the requests of each model cost at most within the last 5 minutes, in US dollars.',
    expression: 'histogram_quantile(0.99, sum by (le, model) (rate(gateway_cost_per_request_usd_bucket[5m])))',
    asked: [
      {
        system: 'Model Gateway',
        expression: 'gateway_cost_per_request_usd{quantile="0.99"}',
        fault: 'A histogram has no label quantile: this matches nothing.',
      },
    ],
  },
} as const satisfies MetricQueryTable;
