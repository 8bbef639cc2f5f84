import * as v from 'valibot';
import { defineEvent } from '../define-event';
import {
  cacheType,
  EVERY_EVENT,
  errorType,
  httpStatus,
  name,
  reason,
  seconds,
  status,
  strategy,
  tokens,
  trueOrFalse,
  usd,
} from '../event-fields';

/** An HTTP request that a service answered. `endpoint` is the route's template, never a raw path. */
export const httpRequest = defineEvent('http_request', {
  ...EVERY_EVENT,
  method: name,
  endpoint: name,
  status: httpStatus,
  durationSeconds: seconds,
});

/**
 * A call of a model by a service that does not go through the gateway: it counts as the gateway's own requests do, once.
 * A cost that is not known is left out, and counts as unpriced.
 */
export const gatewayRequest = defineEvent('gateway_request', {
  ...EVERY_EVENT,
  provider: v.optional(name),
  model: name,
  region: v.optional(name, 'none'),
  endpoint: v.optional(name, 'other'),
  status,
  errorType: v.optional(errorType),
  streamed: v.optional(trueOrFalse, false),
  durationSeconds: seconds,
  timeToFirstTokenSeconds: v.optional(seconds),
  /** The four kinds are disjoint; a kind that is not known is left out. */
  inputTokens: v.optional(tokens),
  outputTokens: v.optional(tokens),
  cacheReadTokens: v.optional(tokens),
  cacheWriteTokens: v.optional(tokens),
  costUsd: v.optional(usd),
  cache: v.optional(v.picklist(['hit', 'miss', 'off'], 'must be one of hit, miss, off'), 'off'),
  cacheType: v.optional(cacheType, 'exact'),
  savingsUsd: v.optional(usd),
  strategy: v.optional(strategy),
  reason: v.optional(reason),
});

/** One call of a provider. A request that a fallback rescued has several. */
export const providerCall = defineEvent('provider_call', {
  ...EVERY_EVENT,
  provider: name,
  model: name,
  region: v.optional(name, 'none'),
  status,
  errorType: v.optional(errorType),
  durationSeconds: seconds,
  /** 1 for the first of a request. */
  attempt: v.optional(
    v.pipe(
      v.number('must be a whole number from 1'),
      v.integer('must be a whole number from 1'),
      v.minValue(1, 'must be a whole number from 1'),
    ),
    1,
  ),
});

/** A failure of a request that is reported apart from it. */
export const requestError = defineEvent('request_error', {
  ...EVERY_EVENT,
  provider: v.optional(name),
  model: name,
  region: v.optional(name, 'none'),
  errorType,
});
