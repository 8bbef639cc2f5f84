/** A case of `promtool test rules`: series with a sample a minute, and what is recorded ten minutes in. */
export type RuleCase = {
  name: string;
  /** In promtool's notation: `0+6x20` is 0, 6, 12 and so on. */
  series: Readonly<Record<string, string>>;
  /** Values by series, or nothing at all, under the names that are asked for. */
  recorded: Readonly<Record<string, Readonly<Record<string, number>>>>;
};

const TARGET = 'provider="bedrock",model="nova-lite",region="us-east-1"';
const CHAT = `${TARGET},endpoint="/v1/chat/completions"`;
const DURATION = 'gateway_request_duration_seconds';

const bucket = (le: string): string => `${DURATION}_bucket{${CHAT},le="${le}"}`;

/** Every series that the rules about requests read, each as `values` says. */
const everything = (values: string): Record<string, string> => ({
  [`gateway_requests_total{${CHAT},status="success"}`]: values,
  [`gateway_requests_total{${CHAT},status="error"}`]: values,
  [`gateway_request_errors_total{${TARGET},error_type="provider_error"}`]: values,
  'http_requests_total{method="POST",endpoint="/v1/chat/completions",status="200",service="gateway"}': values,
  [`gateway_provider_requests_total{${TARGET},status="success"}`]: values,
  'cache_hits_total{cache_type="exact",model="nova-lite"}': values,
  'cache_misses_total{cache_type="all",model="nova-lite"}': values,
  [`gateway_cost_per_request_usd_sum{${TARGET}}`]: values,
  [`gateway_cost_per_request_usd_count{${TARGET}}`]: values,
  [`${DURATION}_sum{${CHAT}}`]: values,
  [`${DURATION}_count{${CHAT}}`]: values,
  [bucket('1')]: values,
  [bucket('+Inf')]: values,
});

const NOTHING = {};

const RATIOS_AND_MEANS = [
  'gateway:success_ratio:rate5m',
  'gateway:error_ratio:rate5m',
  'gateway:http_5xx_ratio:rate5m',
  'gateway:cache_hit_ratio:rate5m',
  'gateway:cache_hit_ratio:rate1h',
  'model:cache_hit_ratio:rate1h',
  'cache_hit_ratio',
  'fluxai_cache_hit_rate',
  'gateway:request_duration_seconds:mean5m',
  'model:gateway_cost_per_request_usd:mean5m',
  `${DURATION}:p50_5m`,
  `${DURATION}:p99_5m`,
  `model:${DURATION}:p95_5m`,
];

export const RULE_CASES: readonly RuleCase[] = [
  {
    name: 'an idle gateway has no ratios, means or percentiles',
    series: everything('7+0x20'),
    recorded: {
      ...Object.fromEntries(RATIOS_AND_MEANS.map((record) => [record, NOTHING])),
      'gateway:requests:rate5m': { '': 0 },
      gateway_model_availability: { [TARGET]: 1 },
      gateway_model_error_ratio: { [TARGET]: 0 },
      fluxai_model_availability: { 'model="nova-lite",region="us-east-1"': 1 },
    },
  },
  {
    name: 'a gateway that nobody has called has nothing at all',
    series: { 'up{job="other"}': '1+0x20' },
    recorded: Object.fromEntries(
      [...RATIOS_AND_MEANS, 'gateway:requests:rate5m', 'gateway_model_availability'].map((record) => [record, NOTHING]),
    ),
  },
  {
    name: 'a gateway without a success, a hit or a good call yet has shares of 0',
    series: {
      [`gateway_requests_total{${CHAT},status="error"}`]: '0+6x20',
      'cache_misses_total{cache_type="all",model="nova-lite"}': '0+6x20',
      [`gateway_provider_requests_total{${TARGET},status="error"}`]: '0+6x20',
    },
    recorded: {
      'gateway:success_ratio:rate5m': { '': 0 },
      'gateway:error_ratio:rate5m': { '': 1 },
      'gateway:cache_hit_ratio:rate5m': { '': 0 },
      cache_hit_ratio: { 'model="nova-lite"': 0 },
      gateway_model_availability: { [TARGET]: 0 },
      gateway_model_error_ratio: { [TARGET]: 1 },
    },
  },
  {
    name: 'a cache that only hits has a ratio of 1, and a busy model weighs more than another',
    series: {
      'cache_hits_total{cache_type="exact",model="nova-lite"}': '0+9x20',
      'cache_hits_total{cache_type="exact",model="claude-haiku-4-5"}': '0+0x20',
      'cache_misses_total{cache_type="all",model="claude-haiku-4-5"}': '0+1x20',
      'cache_misses_total{cache_type="exact",model="claude-haiku-4-5"}': '0+1x20',
    },
    recorded: {
      cache_hit_ratio: { 'model="nova-lite"': 1, 'model="claude-haiku-4-5"': 0 },
      fluxai_cache_hit_rate: { 'model="nova-lite"': 1, 'model="claude-haiku-4-5"': 0 },
      'gateway:cache_hit_ratio:rate5m': { '': 0.9 },
    },
  },
  {
    name: 'shares, means and percentiles are over all series, and not per series',
    series: {
      [`gateway_requests_total{${CHAT},status="success"}`]: '0+90x20',
      [`gateway_requests_total{${CHAT},status="error"}`]: '0+6x20',
      [`gateway_requests_total{${CHAT},status="invalid"}`]: '0+24x20',
      [`gateway_provider_requests_total{${TARGET},status="success"}`]: '0+3x20',
      [`gateway_provider_requests_total{${TARGET},status="rate_limited"}`]: '0+1x20',
      [`${DURATION}_sum{${CHAT}}`]: '0+240x20',
      [`${DURATION}_count{${CHAT}}`]: '0+120x20',
      [bucket('1')]: '0+60x20',
      [bucket('2')]: '0+60x20',
      [bucket('5')]: '0+120x20',
      [bucket('+Inf')]: '0+120x20',
      'gateway_request_duration_seconds_bucket{provider="none",model="other",region="none",endpoint="/v1/chat/completions",le="1"}':
        '0+0x20',
      'gateway_request_duration_seconds_bucket{provider="none",model="other",region="none",endpoint="/v1/chat/completions",le="+Inf"}':
        '0+0x20',
    },
    recorded: {
      'gateway:requests:rate5m': { '': 2 },
      'gateway:success_ratio:rate5m': { '': 0.75 },
      'gateway:error_ratio:rate5m': { '': 0.05 },
      gateway_model_availability: { [TARGET]: 0.75 },
      gateway_model_error_ratio: { [TARGET]: 0.25 },
      'gateway:request_duration_seconds:mean5m': { '': 2 },
      [`${DURATION}:p90_5m`]: { '': 4.4 },
      [`model:${DURATION}:p90_5m`]: { 'model="nova-lite"': 4.4 },
    },
  },
  {
    name: 'money is told per window and per day, summed',
    series: {
      [`gateway_cost_usd_total{${TARGET}}`]: '0+0.01x20',
      'gateway_cost_usd_total{provider="bedrock",model="claude-haiku-4-5",region="us-east-1"}': '0+0.02x20',
      'cache_savings_usd_total{cache_type="exact",model="nova-lite"}': '0+0.05x20',
    },
    recorded: {
      'gateway:cost_usd:increase1h': { '': 0.3 },
      'model:gateway_cost_usd:increase1h': { 'model="nova-lite"': 0.1, 'model="claude-haiku-4-5"': 0.2 },
      'gateway:cost_usd:increase24h': { '': 0.3 },
      'gateway:cost_usd_per_day:rate1h': { '': (0.3 / 3_600) * 86_400 },
      'gateway:cache_savings_usd:increase1h': { '': 0.5 },
    },
  },
];
