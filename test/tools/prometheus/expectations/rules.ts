import { RECORDING_RULES } from '../../../../dashboards/recording-rules';
import { type Answer, divide, having, orZero, times } from '../answer';
import { DAY, type Expectation, HOUR, type Known, MINUTES_5 } from '../expectation';
import type { Question } from '../truth';
import { hitRatio } from './cache';
import { availability, errorRatio, hitRatioByModel, hitRatioOfModels } from './derived';

const requests = 'gateway_requests_total';
const cost = 'gateway_cost_usd_total';
const BY_MODEL = { by: ['model'] };

const rate =
  (name: string, question?: Question): Expectation =>
  ({ truth }) =>
    truth.rate(name, MINUTES_5, question);

const increase =
  (name: string, seconds: number, question?: Question): Expectation =>
  ({ truth }) =>
    truth.increase(name, seconds, question);

const isNumber = (value: number): boolean => !Number.isNaN(value);

const share =
  (name: string, statuses: readonly string[]): Expectation =>
  ({ truth }) =>
    divided(orZero(truth.rate(name, MINUTES_5, { where: { status: statuses } })), truth.rate(name, MINUTES_5));

const mean =
  (histogram: string, question?: Question): Expectation =>
  ({ truth }) =>
    divided(truth.rate(`${histogram}_sum`, MINUTES_5, question), truth.rate(`${histogram}_count`, MINUTES_5, question));

/** Without traffic there is no quotient. */
const divided = (left: Answer, right: Answer): Answer => having(divide(left, right), isNumber);

const EXPECTED: Readonly<Record<string, Expectation>> = {
  'gateway:requests:rate5m': rate(requests),
  'model:gateway_requests:rate5m': rate(requests, BY_MODEL),
  'gateway:errors:rate5m': rate('gateway_request_errors_total'),
  'gateway:tokens:rate5m': rate('gateway_tokens_total', { by: ['type'] }),
  'gateway:rate_limit_hits:rate5m': rate('gateway_rate_limit_hits_total'),
  'gateway:fallbacks:rate5m': rate('gateway_fallback_triggered_total'),
  'gateway:success_ratio:rate5m': share(requests, ['success']),
  'gateway:error_ratio:rate5m': share(requests, ['error']),
  'gateway:http_5xx_ratio:rate5m': share('http_requests_total', ['500', '502', '503', '504']),
  'gateway:cache_hit_ratio:rate5m': ({ truth }) => hitRatio(truth, MINUTES_5),
  'gateway:cache_hit_ratio:rate1h': ({ truth }) => hitRatio(truth, HOUR),
  'model:cache_hit_ratio:rate1h': ({ truth }) => hitRatioOfModels(truth, HOUR),
  'gateway:request_duration_seconds:mean5m': mean('gateway_request_duration_seconds'),
  'model:gateway_cost_per_request_usd:mean5m': mean('gateway_cost_per_request_usd', BY_MODEL),
  'gateway:cost_usd:increase1h': increase(cost, HOUR),
  'model:gateway_cost_usd:increase1h': increase(cost, HOUR, BY_MODEL),
  'gateway:cost_usd:increase24h': increase(cost, DAY),
  'gateway:cost_usd_per_day:rate1h': ({ truth }) => times(truth.rate(cost, HOUR), 86_400),
  'gateway:cache_savings_usd:increase1h': increase('cache_savings_usd_total', HOUR),
  cache_hit_ratio: hitRatioByModel,
  fluxai_cache_hit_rate: hitRatioByModel,
  gateway_model_availability: availability(),
  fluxai_model_availability: availability(['model', 'region']),
  gateway_model_error_ratio: errorRatio(),
  fluxai_model_error_rate: errorRatio(['model', 'region']),
};

/** `<label>:<histogram>:p<percentile>_5m`, the label left out for all of them together. */
const PERCENTILE = /^(?:(\w+):)?(\w+):p(\d\d)_5m$/;

const percentileOf = (record: string): Expectation | undefined => {
  const [, label, histogram, percentile] = PERCENTILE.exec(record) ?? [];
  if (histogram === undefined) return undefined;
  const by = label === undefined ? [] : [label];
  return ({ truth }: Known) => having(truth.quantile(Number(percentile) / 100, histogram, MINUTES_5, { by }), isNumber);
};

/** What every recording rule has to record, by the name of its series. */
export const RULE_EXPECTATIONS: ReadonlyMap<string, Expectation> = new Map(
  RECORDING_RULES.map(({ record }) => {
    const expectation = EXPECTED[record] ?? percentileOf(record);
    if (expectation === undefined) throw new Error(`Nothing says what ${record} has to be.`);
    return [record, expectation];
  }),
);
