import type { AttemptRecord, RequestRecord } from '../../../lambdas/core/ledger/record';

/** What one record says of one series of a metric: an increase of a counter, or the value of a histogram's observation. */
export type Observed = {
  metric: string;
  labels: Readonly<Record<string, string>>;
  value: number;
  /** How many requests say so. */
  times: number;
};

type One = Omit<Observed, 'times'>;

/**
 * What the ledger implies for the metrics that are asked for, worked out from the fields of a record and nothing else: the
 * gateway's own measuring is what this is held against. US dollars, seconds and bytes.
 */
export const toObservations = (record: RequestRecord): Observed[] =>
  [
    ...ofRequest(record),
    ...ofTokensAndMoney(record),
    ...ofCacheAndRouting(record),
    ...record.attempts.flatMap(ofAttempt),
    ...ofFallback(record),
  ].map((one) => ({ ...one, times: record.count }));

/** Names that the catalogue lacks are one series. */
const modelOf = ({ model }: { model: string }): string => (model === 'unknown' ? 'other' : model);

const targetOf = (record: RequestRecord) => ({
  provider: record.provider,
  model: modelOf(record),
  region: record.region,
});

const seconds = (milliseconds: number): number => Math.max(0, Math.round(milliseconds * 1_000)) / 1e6;
const usd = (nanoUsd: number): number => nanoUsd / 1e9;

const ERROR_TYPES: Readonly<Record<string, string>> = {
  invalid_request: 'validation',
  unknown_model: 'validation',
  budget_too_small: 'budget',
  requests_per_minute: 'rate_limited',
  provider_throttled: 'provider_throttled',
  no_provider_answered: 'provider_error',
  provider_stream_cut: 'provider_error',
};

const FAILURES: Readonly<Record<string, string>> = {
  throttled: 'provider_throttled',
  unavailable: 'provider_error',
  malformed: 'provider_error',
  cut: 'provider_error',
};

const known = (table: Readonly<Record<string, string>>, word: string): string => {
  const found = table[word];
  if (found === undefined) throw new Error(`The load made an error that this check does not know: ${word}.`);
  return found;
};

const ofRequest = (record: RequestRecord): One[] => {
  const { endpoint, method, outcome, errorCode, durationMs } = record;
  const target = targetOf(record);
  const http = { method, endpoint, service: 'gateway' };
  const duration = seconds(durationMs);
  return [
    { metric: 'gateway_requests_total', labels: { ...target, endpoint, status: outcome }, value: 1 },
    ...when(errorCode !== undefined, {
      metric: 'gateway_request_errors_total',
      labels: { ...target, error_type: errorCode === undefined ? '' : known(ERROR_TYPES, errorCode) },
      value: 1,
    }),
    ...when(record.streamed, {
      metric: 'gateway_streaming_requests_total',
      labels: { provider: target.provider, model: target.model, status: outcome },
      value: 1,
    }),
    ...when(outcome === 'rate_limited', { metric: 'gateway_rate_limit_hits_total', labels: { endpoint }, value: 1 }),
    { metric: 'gateway_request_duration_seconds', labels: { ...target, endpoint }, value: duration },
    { metric: 'gateway_overhead_seconds', labels: { endpoint }, value: seconds(durationMs - record.providerMs) },
    ...when(record.previousFlushMs !== undefined, {
      metric: 'telemetry_flush_duration_seconds',
      labels: {},
      value: seconds(record.previousFlushMs ?? 0),
    }),
    { metric: 'http_requests_total', labels: { ...http, status: String(record.httpStatus) }, value: 1 },
    { metric: 'http_request_duration_seconds', labels: http, value: duration },
  ];
};

const ofTokensAndMoney = (record: RequestRecord): One[] => {
  const target = targetOf(record);
  const { usage, cache, attempts, costNanoUsd } = record;
  const tokens = usage === undefined ? {} : toTokens(usage, cache === 'hit');
  return [
    ...Object.entries(tokens).flatMap(([type, value]) =>
      when(value > 0, { metric: 'gateway_tokens_total', labels: { ...target, type }, value }),
    ),
    ...when(costNanoUsd > 0, { metric: 'gateway_cost_usd_total', labels: target, value: usd(costNanoUsd) }),
    ...when(attempts.length > 0, { metric: 'gateway_cost_per_request_usd', labels: target, value: usd(costNanoUsd) }),
  ];
};

const toTokens = (usage: NonNullable<RequestRecord['usage']>, isReplayed: boolean): Record<string, number> => {
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = usage;
  const cache_write = cacheWrite5m + cacheWrite1h;
  return isReplayed
    ? { cached: input + output + cacheRead + cache_write }
    : { input, output, cache_read: cacheRead, cache_write };
};

const ofCacheAndRouting = (record: RequestRecord): One[] => {
  const { cache, savedNanoUsd, provider } = record;
  const model = modelOf(record);
  const missed = cache === 'miss' || cache === 'error';
  return [
    ...when(cache === 'hit', { metric: 'cache_hits_total', labels: { cache_type: 'exact', model }, value: 1 }),
    ...when(cache === 'hit' && savedNanoUsd > 0, {
      metric: 'cache_savings_usd_total',
      labels: { cache_type: 'exact', model },
      value: usd(savedNanoUsd),
    }),
    ...when(missed, { metric: 'cache_misses_total', labels: { cache_type: 'all', model }, value: 1 }),
    ...when(missed, { metric: 'cache_misses_total', labels: { cache_type: 'exact', model }, value: 1 }),
    ...when(provider !== 'none', {
      metric: 'routing_decisions_total',
      labels: { strategy: 'requested', model, reason: isRescued(record) ? 'fallback' : 'requested' },
      value: 1,
    }),
    ...when(provider !== 'none', {
      metric: 'router_decision_duration_seconds',
      labels: {},
      value: seconds(record.routingMs),
    }),
    ...ofPace(record),
    ...when(cache !== 'hit' && record.timeToFirstEventMs !== undefined, {
      metric: 'gateway_time_to_first_token_seconds',
      labels: targetOf(record),
      value: seconds(record.timeToFirstEventMs ?? 0),
    }),
  ];
};

/** The mean time between two tokens of an answer that a provider finished. */
const ofPace = (record: RequestRecord): One[] => {
  const { cache, attempts, usage, timeToFirstEventMs } = record;
  const last = attempts.at(-1);
  if (cache === 'hit' || timeToFirstEventMs === undefined || usage === undefined || usage.output < 2) return [];
  if (last?.outcome !== 'success' || last.timeToFirstEventMs === undefined) return [];
  const value = seconds((last.durationMs - last.timeToFirstEventMs) / (usage.output - 1));
  return [{ metric: 'gateway_time_per_output_token_seconds', labels: targetOf(record), value }];
};

const ofAttempt = ({ provider, model, region, outcome, durationMs }: AttemptRecord, index: number): One[] => {
  const target = { provider, model, region };
  const status = outcome === 'success' ? 'success' : outcome === 'throttled' ? 'rate_limited' : 'error';
  return [
    { metric: 'gateway_provider_requests_total', labels: { ...target, status }, value: 1 },
    {
      metric: 'gateway_provider_duration_seconds',
      labels: { ...target, attempt: index < 2 ? String(index + 1) : '3+' },
      value: seconds(durationMs),
    },
    ...when(outcome !== 'success', {
      metric: 'gateway_provider_errors_total',
      labels: { ...target, error_type: outcome === 'success' ? '' : known(FAILURES, outcome) },
      value: 1,
    }),
  ];
};

/** The load falls back between models of one provider. */
const isRescued = ({ attempts }: RequestRecord): boolean => new Set(attempts.map(({ model }) => model)).size > 1;

const ofFallback = ({ attempts }: RequestRecord): One[] =>
  attempts.flatMap((from, index) => {
    const to = attempts[index + 1];
    return when(to !== undefined && from.model !== to.model, {
      metric: 'gateway_fallback_triggered_total',
      labels: {
        from_provider: from.provider,
        to_provider: to?.provider ?? '',
        error_type: from.outcome === 'success' ? '' : known(FAILURES, from.outcome),
      },
      value: 1,
    });
  });

const when = (isSo: boolean, one: One): One[] => (isSo ? [one] : []);
