import type { MetricTable } from '../metric';
import { COST_USD } from './buckets';

/** Tokens and money. The ledger is the record of money; these are its sums. */
export const USAGE_METRICS = {
  gateway_tokens_total: {
    kind: 'counter',
    unit: 'count',
    help: 'Tokens that providers reported; type "cached" are those that the gateway answered from its own cache.',
    labels: ['provider', 'model', 'region', 'type'],
    stored: 'tk',
    emf: {
      InputTokens: { type: 'input' },
      OutputTokens: { type: 'output' },
      CacheReadTokens: { type: 'cache_read' },
      CacheWriteTokens: { type: 'cache_write' },
      CachedTokens: { type: 'cached' },
    },
  },
  gateway_cost_usd_total: {
    kind: 'counter',
    unit: 'usd',
    help: 'What requests were charged, in US dollars. Less gateway_corrected_usd_total it is the sum of the ledger.',
    labels: ['provider', 'model', 'region'],
    stored: 'co',
    emf: { CostUsd: {} },
  },
  gateway_corrected_usd_total: {
    kind: 'counter',
    unit: 'usd',
    help: 'What abandoned requests had been charged too much, found when their end came in after all.',
    labels: ['provider', 'model', 'region'],
    stored: 'xu',
    emf: {},
  },
  gateway_cost_per_request_usd: {
    kind: 'histogram',
    unit: 'usd',
    help: 'Cost of requests that called a provider, in US dollars.',
    labels: ['provider', 'model', 'region'],
    buckets: COST_USD,
    stored: 'cr',
    emf: {},
  },
  gateway_unmetered_requests_total: {
    kind: 'counter',
    unit: 'count',
    help: 'Requests that a provider may have charged for without reporting usage; they are charged at their hold.',
    labels: ['provider', 'model'],
    stored: 'um',
    emf: { UnmeteredRequests: {} },
  },
  gateway_overshoot_usd_total: {
    kind: 'counter',
    unit: 'usd',
    help: 'What requests cost beyond their holds, in US dollars; 0 as long as providers keep to the bounds they were sent.',
    labels: ['provider', 'model'],
    stored: 'os',
    emf: { OvershootUsd: {} },
  },
} as const satisfies MetricTable;
