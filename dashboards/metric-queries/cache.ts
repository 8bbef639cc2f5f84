import type { MetricQueryTable } from '../metric-query';

/** What the cache answers and saves. */
export const CACHE_QUERIES = {
  'cache-hits-of-a-day': {
    title: 'Cache hits of a day',
    answers: 'Requests of the last 24 hours that the cache answered.',
    expression: 'sum(increase(cache_hits_total{cache_type=~"exact|semantic"}[24h]))',
    asked: [{ system: 'FluxAI', expression: 'sum(fluxai_cache_hits_total)', note: 'Since the stack was deployed.' }],
  },
  'cache-hits-by-type': {
    title: 'Cache hits by type',
    answers: 'Requests of the last 24 hours that each tier of the cache answered.',
    expression: 'sum by (cache_type) (increase(cache_hits_total[24h]))',
    asked: [
      {
        system: 'FluxAI',
        expression: 'sum by (cache_type) (fluxai_cache_hits_total)',
        note: 'Since the stack was deployed.',
      },
    ],
  },
  'cache-misses-of-a-day': {
    title: 'Cache misses of a day',
    answers: 'Requests of the last 24 hours that asked the cache in vain, each once, whatever tiers it asked.',
    expression: 'sum(increase(cache_misses_total{cache_type="all"}[24h]))',
    asked: [{ system: 'FluxAI', expression: 'sum(fluxai_cache_misses_total)', note: 'Since the stack was deployed.' }],
  },
  'cache-hit-ratio': {
    title: 'Cache hit ratio',
    answers:
      'The share of cache look-ups of the last 5 minutes that found an answer, from 0 to 1; nothing without look-ups.',
    expression:
      '(sum(rate(cache_hits_total{cache_type=~"exact|semantic"}[5m])) or vector(0)) / (((sum(rate(cache_hits_total{cache_type=~"exact|semantic"}[5m])) or vector(0)) + (sum(rate(cache_misses_total{cache_type="all"}[5m])) or vector(0))) > 0)',
    asked: [
      {
        system: 'FluxAI',
        expression: 'fluxai_cache_hit_rate',
        fault: 'One ratio for every model: the overall one is no average of them, for a busy model weighs more.',
      },
    ],
  },
  'cache-hit-ratio-by-model': {
    title: 'Cache hit ratio by model',
    answers: 'The share of cache look-ups of the last 5 minutes that found an answer, for each model.',
    expression: 'cache_hit_ratio',
    asked: [{ system: 'FluxAI', expression: 'avg by (model) (fluxai_cache_hit_rate)' }],
  },
  'cache-savings-of-a-day': {
    title: 'Savings of a day',
    answers: 'What the cache hits of the last 24 hours would have cost, in US dollars.',
    expression: 'sum(increase(cache_savings_usd_total[24h]))',
    asked: [
      {
        system: 'FluxAI',
        expression: 'sum(fluxai_cache_savings_dollars_total)',
        note: 'Since the stack was deployed.',
      },
    ],
  },
  'cache-savings-per-hour': {
    title: 'Savings per hour',
    answers: 'US dollars saved per hour at the pace of the last hour.',
    expression: 'sum(rate(cache_savings_usd_total[1h])) * 3600',
    asked: [
      {
        system: 'FluxAI',
        expression: 'rate(fluxai_cache_savings_dollars_total[1h])',
        fault: 'It is not summed, and per second.',
      },
    ],
  },
  'cache-savings-percent': {
    title: 'Savings in percent',
    answers: 'What the cache saved within the last hour, in percent of what requests would have cost without it.',
    expression:
      '(sum(increase(cache_savings_usd_total[1h])) or vector(0)) / (((sum(increase(cache_savings_usd_total[1h])) or vector(0)) + (sum(increase(gateway_cost_usd_total[1h])) or vector(0))) > 0) * 100',
    asked: [
      {
        system: 'FluxAI',
        expression:
          'sum(fluxai_cache_savings_dollars_total) / (sum(fluxai_cost_dollars_total) + sum(fluxai_cache_savings_dollars_total)) * 100',
        note: 'Since the stack was deployed.',
      },
    ],
  },
} as const satisfies MetricQueryTable;
