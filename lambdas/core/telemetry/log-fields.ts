import { totalTokens } from '../chat/usage';
import type { RequestRecord } from '../ledger/record';
import { REFUSAL_ERROR_TYPES } from './error-types';
import type { LogFields } from './log-schema';
import type { LogContext } from './ports';

const NANO_USD = 1e9;

/** The ids that every line of a request carries, as log fields. X-Ray's form of the trace id finds a trace only where one is recorded. */
export const toContextFields = (context: LogContext) =>
  ({
    request_id: context.requestId,
    correlation_id: context.correlationId,
    session_id: context.sessionId,
    trace_id: context.traceId,
    span_id: context.spanId,
    xray_trace_id: context.traceId && context.spanId ? toXRayTraceId(context.traceId) : undefined,
    account_id: context.accountId,
    key_id: context.keyId,
    user_id: context.userId,
  }) satisfies LogFields;

/** The trace id as X-Ray writes it: its console finds the logs of a trace by this text. */
const toXRayTraceId = (traceId: string): string => `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`;

/** The ids of a record whose request is no longer under way. */
export const toRecordContext = (record: RequestRecord): LogContext => ({
  requestId: record.requestId,
  correlationId: record.correlationId,
  sessionId: record.sessionId,
  traceId: record.traceId,
  accountId: record.accountId,
  keyId: record.keyId,
  userId: record.userId,
});

/**
 * A record as the terminal line prints it. What is not known is absent, never 0; nobody saw the end of an abandoned
 * request. One literal, because objects put together of parts are slow to make and this is done for every request.
 */
export const toLogFields = (record: RequestRecord): LogFields => {
  const { usage, errorCode } = record;
  const ended = record.outcome !== 'abandoned';
  return {
    client_request_id: record.clientRequestId,
    client_trace_id: record.clientTraceId,
    method: record.method,
    endpoint: record.endpoint,
    status_code: ended ? record.httpStatus : undefined,
    status: record.outcome,
    error_code: errorCode,
    error_type: errorCode && REFUSAL_ERROR_TYPES[errorCode],
    model: record.model,
    provider: record.provider,
    region: record.region,
    streamed: record.streamed || undefined,
    input_tokens: usage?.input,
    output_tokens: usage?.output,
    cache_read_tokens: usage?.cacheRead || undefined,
    cache_write_tokens: (usage && usage.cacheWrite5m + usage.cacheWrite1h) || undefined,
    total_tokens: usage && totalTokens(usage),
    cost_usd: record.costNanoUsd / NANO_USD,
    saved_usd: record.savedNanoUsd === 0 ? undefined : record.savedNanoUsd / NANO_USD,
    unmetered: record.unmetered || undefined,
    cache: record.cache,
    cache_hit: record.cache === 'hit',
    cache_type: record.cache === 'hit' ? 'exact' : undefined,
    attempts: record.attempts.length,
    finish_reason: record.finishReason,
    duration_ms: ended ? record.durationMs : undefined,
    provider_ms: ended ? record.providerMs : undefined,
    time_to_first_token_ms: record.timeToFirstEventMs,
    client_gone: record.clientGone || undefined,
    cold_start: record.coldStart || undefined,
    requests: record.count,
  };
};
