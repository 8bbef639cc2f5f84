import type { RecordingRule } from '../recording-rule';

const share = (part: string, whole: string): string => `(${part} or vector(0)) / (${whole} > 0)`;

const requests = (matcher = '', window = '5m'): string => `sum(rate(gateway_requests_total${matcher}[${window}]))`;

const hits = (window: string): string =>
  `(sum(rate(cache_hits_total{cache_type=~"exact|semantic"}[${window}])) or vector(0))`;
const misses = (window: string): string => `(sum(rate(cache_misses_total{cache_type="all"}[${window}])) or vector(0))`;
const hitRatio = (window: string): string => `${hits(window)} / ((${hits(window)} + ${misses(window)}) > 0)`;

const TRAFFIC: readonly Omit<RecordingRule, 'group'>[] = [
  { record: 'gateway:requests:rate5m', expr: requests(), help: 'Requests per second.' },
  {
    record: 'model:gateway_requests:rate5m',
    expr: 'sum by (model) (rate(gateway_requests_total[5m]))',
    help: 'Requests per second by model.',
  },
  {
    record: 'gateway:errors:rate5m',
    expr: 'sum(rate(gateway_request_errors_total[5m]))',
    help: 'Requests per second that were answered with an error.',
  },
  {
    record: 'gateway:tokens:rate5m',
    expr: 'sum by (type) (rate(gateway_tokens_total[5m]))',
    help: 'Tokens per second by kind.',
  },
  {
    record: 'gateway:rate_limit_hits:rate5m',
    expr: 'sum(rate(gateway_rate_limit_hits_total[5m]))',
    help: 'Requests per second that a rate limit refused.',
  },
  {
    record: 'gateway:fallbacks:rate5m',
    expr: 'sum(rate(gateway_fallback_triggered_total[5m]))',
    help: 'Changes of target per second.',
  },
];

const RATIOS: readonly Omit<RecordingRule, 'group'>[] = [
  {
    record: 'gateway:success_ratio:rate5m',
    expr: share(requests('{status="success"}'), requests()),
    help: 'Share of requests that succeeded; absent without requests.',
  },
  {
    record: 'gateway:error_ratio:rate5m',
    expr: share(requests('{status="error"}'), requests()),
    help: 'Share of requests that the gateway or a provider failed; absent without requests.',
  },
  {
    record: 'gateway:http_5xx_ratio:rate5m',
    expr: share('sum(rate(http_requests_total{status=~"5.."}[5m]))', 'sum(rate(http_requests_total[5m]))'),
    help: 'Share of HTTP requests answered with a 5xx; absent without requests.',
  },
  {
    record: 'gateway:cache_hit_ratio:rate5m',
    expr: hitRatio('5m'),
    help: 'Share of cache look-ups of 5 minutes that found an answer.',
  },
  {
    record: 'gateway:cache_hit_ratio:rate1h',
    expr: hitRatio('1h'),
    help: 'Share of cache look-ups of an hour that found an answer.',
  },
];

const AVERAGES: readonly Omit<RecordingRule, 'group'>[] = [
  {
    record: 'gateway:request_duration_seconds:mean5m',
    expr: 'sum(rate(gateway_request_duration_seconds_sum[5m])) / (sum(rate(gateway_request_duration_seconds_count[5m])) > 0)',
    help: 'Mean time of a request, in seconds.',
  },
  {
    record: 'model:gateway_cost_per_request_usd:mean5m',
    expr: 'sum by (model) (rate(gateway_cost_per_request_usd_sum[5m])) / (sum by (model) (rate(gateway_cost_per_request_usd_count[5m])) > 0)',
    help: 'Mean cost of a request by model, in US dollars.',
  },
];

const MONEY: readonly Omit<RecordingRule, 'group'>[] = [
  {
    record: 'gateway:cost_usd:increase1h',
    expr: 'sum(increase(gateway_cost_usd_total[1h]))',
    help: 'US dollars spent within an hour.',
  },
  {
    record: 'model:gateway_cost_usd:increase1h',
    expr: 'sum by (model) (increase(gateway_cost_usd_total[1h]))',
    help: 'US dollars spent within an hour by model.',
  },
  {
    record: 'gateway:cost_usd:increase24h',
    expr: 'sum(increase(gateway_cost_usd_total[24h]))',
    help: 'US dollars spent within 24 hours.',
  },
  {
    record: 'gateway:cost_usd_per_day:rate1h',
    expr: 'sum(rate(gateway_cost_usd_total[1h])) * 86400',
    help: 'US dollars per day at the pace of the last hour.',
  },
  {
    record: 'gateway:cache_savings_usd:increase1h',
    expr: 'sum(increase(cache_savings_usd_total[1h]))',
    help: 'US dollars saved by the cache within an hour.',
  },
];

const inGroup = (group: string, rules: readonly Omit<RecordingRule, 'group'>[]): RecordingRule[] =>
  rules.map((rule) => ({ group, ...rule }));

/** What is asked for most often. Every rule reads counters and no other rule, so their order does not matter. */
export const RATE_RULES: readonly RecordingRule[] = [
  ...inGroup('traffic', TRAFFIC),
  ...inGroup('ratios', RATIOS),
  ...inGroup('averages', AVERAGES),
  ...inGroup('money', MONEY),
];
