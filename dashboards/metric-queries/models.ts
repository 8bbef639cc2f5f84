import type { MetricQueryTable } from '../metric-query';

/** How models and their providers are doing, and how they are chosen. */
export const MODEL_QUERIES = {
  'model-latency-p50': {
    title: 'Median latency by model',
    answers: 'The median time of a call of each model within the last 5 minutes, in seconds.',
    expression: 'histogram_quantile(0.5, sum by (le, model) (rate(gateway_provider_duration_seconds_bucket[5m])))',
    asked: [
      {
        system: 'FluxAI',
        expression: 'histogram_quantile(0.5, sum by (le, model) (rate(fluxai_model_latency_seconds_bucket[5m])))',
      },
    ],
  },
  'slowest-models': {
    title: 'Five slowest models',
    answers: 'The five models with the highest p95 of a call within the last 5 minutes, in seconds.',
    expression:
      'topk(5, histogram_quantile(0.95, sum by (le, model) (rate(gateway_provider_duration_seconds_bucket[5m]))))',
    asked: [
      {
        system: 'FluxAI',
        expression:
          'topk(5, histogram_quantile(0.95, sum by (le, model) (rate(fluxai_model_latency_seconds_bucket[5m]))))',
      },
    ],
  },
  'model-availability': {
    title: 'Availability of models',
    answers: 'The share of calls of each model that succeeded within the last 5 minutes; 1 when it was not called.',
    expression: 'gateway_model_availability',
    asked: [{ system: 'FluxAI', expression: 'fluxai_model_availability' }],
  },
  'unavailable-models': {
    title: 'Models below 99 % availability',
    answers: 'Models of which less than 99 % of the calls succeeded within the last 5 minutes.',
    expression: 'gateway_model_availability < 0.99',
    asked: [{ system: 'FluxAI', expression: 'fluxai_model_availability < 0.99' }],
  },
  'model-error-ratio': {
    title: 'Error ratio by model',
    answers: 'The share of calls of each model that failed within the last 5 minutes; 0 when it was not called.',
    expression: 'gateway_model_error_ratio',
    asked: [{ system: 'FluxAI', expression: 'avg by (model) (fluxai_model_error_rate)' }],
  },
  'failing-models': {
    title: 'Models above 5 % errors',
    answers: 'Models of which more than 5 % of the calls failed within the last 5 minutes.',
    expression: 'gateway_model_error_ratio > 0.05',
    asked: [{ system: 'FluxAI', expression: 'fluxai_model_error_rate > 0.05' }],
  },
  'provider-errors': {
    title: 'Failed calls by provider',
    answers: 'Calls per second of each provider that failed, by kind of error, over the last 5 minutes.',
    expression: 'sum by (provider, error_type) (rate(gateway_provider_errors_total[5m]))',
    asked: [
      { system: 'ChoreoAI', expression: 'sum by (provider, error_type) (rate(choreoai_provider_errors_total[5m]))' },
    ],
    note: 'Calls, not requests: one that a fallback rescued counts here, and not among the errors of requests.',
  },
  'providers-down': {
    title: 'Providers that are down',
    answers: 'Providers whose last health check failed.',
    expression: 'gateway_provider_health == 0',
    asked: [
      {
        system: 'ChoreoAI',
        expression: 'up{job="choreoai"} == 0',
        fault: "It tells whether the gateway's own metrics could be read, not how a provider is.",
      },
    ],
  },
  'routing-by-strategy': {
    title: 'Routing by strategy',
    answers: 'Models chosen within the last 24 hours, by strategy.',
    expression: 'sum by (strategy) (increase(routing_decisions_total[24h]))',
    asked: [
      {
        system: 'FluxAI',
        expression: 'sum by (strategy) (fluxai_routing_strategy_total)',
        note: 'Since the stack was deployed.',
      },
    ],
  },
  'most-used-strategy': {
    title: 'Most used strategy',
    answers: 'The strategy by which most models were chosen within the last 24 hours.',
    expression: 'topk(1, sum by (strategy) (increase(routing_decisions_total[24h])))',
    asked: [
      {
        system: 'FluxAI',
        expression: 'topk(1, sum by (strategy) (fluxai_routing_strategy_total))',
        note: 'Since the stack was deployed.',
      },
    ],
  },
  'fallback-rate': {
    title: 'Fallback rate',
    answers: 'Changes of target per second after a failed call, over the last 5 minutes.',
    expression: 'sum(rate(gateway_fallback_triggered_total[5m]))',
    asked: [
      {
        system: 'Model Gateway',
        expression: 'rate(gateway_fallback_triggered_total[5m])',
        fault: 'It is not summed: one line for every pair of providers and kind of error.',
      },
    ],
  },
} as const satisfies MetricQueryTable;
