import type { RecordingRule } from '../recording-rule';

const WINDOW = '5m';

/** The right side of a division: absent without traffic, so that the quotient is absent too and not NaN. */
const where = (expression: string): string => `(${expression} > 0)`;

/** What is counted on the left may never have happened: then it is 0 of what is on the right. */
const orNone = (counted: string, all: string): string => `(${counted} or ${all} * 0)`;

const hits = (by: string, window: string) =>
  `sum by (${by}) (rate(cache_hits_total{cache_type=~"exact|semantic"}[${window}]))`;
const misses = (by: string, window: string) => `sum by (${by}) (rate(cache_misses_total{cache_type="all"}[${window}]))`;

const hitRatio = (by: string, window: string): string => {
  const found = orNone(hits(by, window), misses(by, window));
  const missed = orNone(misses(by, window), hits(by, window));
  return `${found} / ${where(`(${found} + ${missed})`)}`;
};

const calls = (by: string, matcher = ''): string =>
  `sum by (${by}) (rate(gateway_provider_requests_total${matcher}[${WINDOW}]))`;

const ratioOfCalls = (by: string, matcher: string): string =>
  `${orNone(calls(by, matcher), calls(by))} / ${where(calls(by))}`;

/** `value` for every model that has ever been called. */
const whenIdle = (by: string, value: 0 | 1): string =>
  `sum by (${by}) (gateway_provider_requests_total) * 0${value === 0 ? '' : ` + ${value}`}`;

const SUCCEEDED = '{status="success"}';
const FAILED = '{status!="success"}';

const availability = (by: string): string => `${ratioOfCalls(by, SUCCEEDED)} or ${whenIdle(by, 1)}`;
const errorRatio = (by: string): string => `${ratioOfCalls(by, FAILED)} or ${whenIdle(by, 0)}`;

const rule = (record: string, expr: string, help: string): RecordingRule => ({
  group: 'derived-gauges',
  record,
  expr,
  help,
});

/**
 * The gauges that GET /metrics works out itself, under their own names and under those that other systems give them.
 * Remote write leaves them out, so that each stands in a workspace once.
 */
export const DERIVED_GAUGE_RULES: readonly RecordingRule[] = [
  rule('cache_hit_ratio', hitRatio('model', WINDOW), 'Share of cache look-ups of 5 minutes that found an answer.'),
  rule('fluxai_cache_hit_rate', hitRatio('model', WINDOW), 'Another name of cache_hit_ratio.'),
  rule(
    'gateway_model_availability',
    availability('provider, model, region'),
    'Share of calls of a model that succeeded within 5 minutes; 1 when it was not called.',
  ),
  rule('fluxai_model_availability', availability('model, region'), 'Another name of gateway_model_availability.'),
  rule(
    'gateway_model_error_ratio',
    errorRatio('provider, model, region'),
    'Share of calls of a model that failed within 5 minutes; 0 when it was not called.',
  ),
  rule('fluxai_model_error_rate', errorRatio('model, region'), 'Another name of gateway_model_error_ratio.'),
];

/** The cache hit ratio of an hour, which GET /metrics does not have. */
export const HOURLY_CACHE_RULE: RecordingRule = {
  group: 'ratios',
  record: 'model:cache_hit_ratio:rate1h',
  expr: hitRatio('model', '1h'),
  help: 'Share of cache look-ups of an hour that found an answer, by model.',
};
