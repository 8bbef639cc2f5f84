import type { FinishReason } from '../chat/events';
import type { Usage } from '../chat/usage';
import type { ProviderErrorKind, RefusalCode } from '../errors';
import type { PlatformRecord } from '../platform/record';

/** How a request ended, in the words of the `status` label. */
export const OUTCOMES = [
  'success',
  'error',
  'rate_limited',
  'over_budget',
  'invalid',
  'cancelled',
  'abandoned',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export type CacheState = 'hit' | 'miss' | 'off' | 'bypass' | 'error';

/** One call of a provider within a request. */
export type AttemptRecord = {
  provider: string;
  model: string;
  region: string;
  outcome: 'success' | ProviderErrorKind;
  durationMs: number;
  timeToFirstEventMs?: number;
  /** What this attempt was charged; a failed attempt that may have been billed is charged its hold. */
  costNanoUsd: number;
};

/**
 * The one record of one chat request: the wide event from which the bill, the metrics, the logs and the traces come.
 * Immutable once written. Money in nano-dollars (1e-9 USD, integer), times in milliseconds since the epoch.
 */
export type RequestRecord = {
  schema: 1;
  kind: 'request';
  /** Made by the gateway, never taken from a client: the key of the record. */
  requestId: string;
  /** The `X-Request-ID` that the client sent, when it sent a valid one. */
  clientRequestId?: string;
  correlationId: string;
  sessionId?: string;
  /** The client named the session; otherwise it was made for this request, so that the client can pick it up. */
  sessionNamed?: true;
  /** 32 hex digits. */
  traceId?: string;
  /** The trace that the client named in `traceparent`, when it is another: 32 hex digits. */
  clientTraceId?: string;
  accountId: string;
  keyId: string;
  /** The client's `user` field, cut to 64 characters; a record field only, never a label. */
  userId?: string;
  startedAt: number;
  durationMs: number;
  /** The route template, `other` for a path that has none. */
  endpoint: string;
  method: string;
  httpStatus: number;
  streamed: boolean;
  outcome: Outcome;
  errorCode?: RefusalCode;
  /** Catalogue id, or `unknown` for a name that the catalogue lacks. */
  model: string;
  /** Who answered, or would have; `none` when the request did not get that far. */
  provider: string;
  region: string;
  attempts: AttemptRecord[];
  /** What the provider that answered reported. Absent with `unmetered` false means that no provider answered. */
  usage?: Usage;
  /** A provider may have charged for tokens that it did not report; the hold stands in for the cost. */
  unmetered: boolean;
  costNanoUsd: number;
  /** What a cache hit would have cost. */
  savedNanoUsd: number;
  heldNanoUsd: number;
  /** What the cost exceeds its holds by; 0 as long as the provider keeps to its bound. */
  overshootNanoUsd: number;
  cache: CacheState;
  finishReason?: FinishReason;
  /** The output bound sent upstream, when it is below what the client asked for. */
  clampedToTokens?: number;
  timeToFirstEventMs?: number;
  /** Time spent waiting for providers, all attempts. */
  providerMs: number;
  routingMs: number;
  requestBytes: number;
  responseBytes: number;
  /** The client was gone before its last byte. */
  clientGone: boolean;
  coldStart: boolean;
  /** The highest share of its request or token limit that the caller had used, this request included; 1 when it was refused for one. */
  limitUsed?: number;
  /** Connections in use over the most that one environment opens, by pool, when the answer had ended. */
  poolUsed?: Readonly<Record<string, number>>;
  /** What this environment took to hand over the telemetry of its request before this one. */
  previousFlushMs?: number;
  /** Requests that this record stands for: more than 1 for refusals rolled up within a minute. */
  count: number;
  /** The day on which the price that was applied was last checked. */
  priceAsOf?: string;
};

/**
 * What came in after a request had been recorded as abandoned. `actual` replaces the abandoned record's view:
 * budgets and counters apply the difference of the two. Log lines and CloudWatch have seen the abandoned one only.
 */
export type CorrectionRecord = {
  schema: 1;
  kind: 'correction';
  requestId: string;
  abandoned: RequestRecord;
  actual: RequestRecord;
};

/** Everything that the ledger keeps for good, and that is measured. */
export type LedgerRecord = RequestRecord | CorrectionRecord | PlatformRecord;
