import { REFUSALS } from '../../errors';
import type { EventEntry } from '../log-events';

/** What is told of a request when it has ended. */
export const ENDING_FIELDS = [
  'client_request_id',
  'client_trace_id',
  'method',
  'endpoint',
  'status_code',
  'status',
  'error_code',
  'error_type',
  'error_message',
  'error',
  'model',
  'provider',
  'region',
  'streamed',
  'input_tokens',
  'output_tokens',
  'cache_read_tokens',
  'cache_write_tokens',
  'cached_tokens',
  'total_tokens',
  'cost_usd',
  'saved_usd',
  'overshoot_usd',
  'unmetered',
  'cache',
  'cache_hit',
  'cache_type',
  'attempts',
  'finish_reason',
  'duration_ms',
  'provider_ms',
  'overhead_ms',
  'time_to_first_token_ms',
  'client_gone',
  'cold_start',
  'requests',
  'errors',
  'rate_limit_hits',
  'abandoned_requests',
  'unmetered_requests',
  'cache_hits',
  'fallbacks',
  'provider_errors',
  'provider_throttles',
] as const;

/** The events of one request. The first three end it: each is one line, which is its EMF document as well. */
export const REQUEST_EVENTS = {
  request_completed: {
    level: 'INFO',
    message: 'Request completed',
    fields: ENDING_FIELDS,
    aliases: ['Request processed', 'generation_success'],
  },
  request_error: {
    level: 'WARNING',
    raised: {
      to: 'ERROR',
      when: ({ error_code, status_code = 0 }) => statusOf(error_code, status_code) >= 500,
      because: 'the gateway or a provider failed (5xx)',
    },
    message: 'Request failed',
    fields: ENDING_FIELDS,
    aliases: ['Request failed'],
  },
  request_abandoned: { level: 'WARNING', message: 'Request abandoned by its process', fields: ENDING_FIELDS },
  request_received: {
    level: 'DEBUG',
    message: 'Request received',
    fields: ['method', 'endpoint', 'requested_model', 'max_tokens', 'streamed', 'request_bytes', 'client_ip_hash'],
    aliases: ['Request started'],
  },
  routing_decision: {
    level: 'DEBUG',
    message: 'Routing decided',
    fields: ['requested_model', 'model', 'provider', 'targets'],
    aliases: ['Chat completion request'],
  },
  provider_request: {
    level: 'DEBUG',
    message: 'Provider asked',
    fields: ['provider', 'model', 'region', 'attempt', 'max_tokens'],
    aliases: ['Provider request details'],
  },
  cache_hit: {
    level: 'DEBUG',
    message: 'Answered from the cache',
    fields: ['model', 'cache_type', 'similarity', 'saved_usd'],
  },
  provider_request_failed: {
    level: 'WARNING',
    raised: {
      to: 'ERROR',
      when: ({ reason = 'throttled' }) => reason !== 'rejected' && reason !== 'throttled',
      because: 'the provider did not answer; not when it rejected or throttled the request',
    },
    message: 'Provider request failed',
    fields: ['provider', 'model', 'region', 'attempt', 'reason', 'duration_ms', 'error_type', 'error_message', 'error'],
  },
  provider_rate_limit_approaching: {
    level: 'WARNING',
    message: 'Provider rate limit approaching',
    fields: ['provider', 'model', 'region', 'remaining_requests'],
  },
  provider_failed_fallback: {
    level: 'WARNING',
    message: 'Provider failed, falling back',
    fields: ['from', 'to', 'reason'],
  },
  fallback_success: { level: 'INFO', message: 'Fallback answered', fields: ['model', 'provider', 'attempts'] },
  rate_limit_exceeded: {
    level: 'WARNING',
    message: 'Rate limit exceeded',
    fields: ['endpoint', 'model', 'error_code', 'requests'],
  },
} as const satisfies Record<string, EventEntry>;

/** A failure within a stream has the status of its error, though 200 had gone out. */
const statusOf = (errorCode: string | undefined, statusCode: number): number =>
  new Map<string, { status: number }>(Object.entries(REFUSALS)).get(errorCode ?? '')?.status ?? statusCode;
