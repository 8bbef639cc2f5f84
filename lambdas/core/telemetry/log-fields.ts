import { totalTokens, type Usage } from '../chat/usage';
import type { RequestRecord } from '../ledger/record';
import { REFUSAL_ERROR_TYPES } from './error-types';
import type { LogContext } from './ports';

const NANO_USD = 1e9;

/** The ids that every line of a request carries, as log fields. */
export const toContextFields = (context: LogContext): Record<string, unknown> => ({
  request_id: context.requestId,
  correlation_id: context.correlationId,
  session_id: context.sessionId,
  trace_id: context.traceId,
  span_id: context.spanId,
  xray_trace_id: context.traceId && toXRayTraceId(context.traceId),
  account_id: context.accountId,
  key_id: context.keyId,
});

/** The trace id as X-Ray writes it: its console finds the logs of a trace by this text. */
const toXRayTraceId = (traceId: string): string => `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`;

/**
 * A record as the terminal log event prints it. What is not known is absent, never 0.
 * `latency_ms` and `duration_ms` are the same number under the two names that queries know.
 */
export const toLogFields = (record: RequestRecord): Record<string, unknown> => ({
  method: record.method,
  endpoint: record.endpoint,
  status_code: record.httpStatus,
  status: record.outcome,
  error_code: record.errorCode,
  error_type: record.errorCode && REFUSAL_ERROR_TYPES[record.errorCode],
  model: record.model,
  provider: record.provider,
  region: record.region,
  streamed: record.streamed,
  ...usageFields(record.usage),
  cost_usd: record.costNanoUsd / NANO_USD,
  saved_usd: record.savedNanoUsd === 0 ? undefined : record.savedNanoUsd / NANO_USD,
  unmetered: record.unmetered || undefined,
  cache: record.cache,
  cache_hit: record.cache === 'hit',
  attempts: record.attempts.length,
  finish_reason: record.finishReason,
  latency_ms: record.durationMs,
  duration_ms: record.durationMs,
  provider_ms: record.providerMs,
  time_to_first_token_ms: record.timeToFirstEventMs,
  request_bytes: record.requestBytes,
  response_bytes: record.responseBytes,
  client_gone: record.clientGone || undefined,
  cold_start: record.coldStart || undefined,
  count: record.count === 1 ? undefined : record.count,
});

/** The same five kinds as `gateway_tokens_total` has: `input_tokens` excludes what the prompt cache read or wrote. */
const usageFields = (usage: Usage | undefined): Record<string, number | undefined> =>
  usage === undefined
    ? {}
    : {
        input_tokens: usage.input,
        output_tokens: usage.output,
        cache_read_tokens: usage.cacheRead || undefined,
        cache_write_tokens: usage.cacheWrite5m + usage.cacheWrite1h || undefined,
        total_tokens: totalTokens(usage),
      };
