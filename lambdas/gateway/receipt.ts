import type { FinishReason } from '../core/chat/events';
import type { Usage } from '../core/chat/usage';
import type { GatewayError } from '../core/errors';
import type { Caller } from '../core/keys/account';
import type { Charge, Hold, Scope } from '../core/ledger/limits';
import type { AttemptRecord, CacheState } from '../core/ledger/record';
import type { Target } from '../core/models/model';
import type { Span } from '../core/telemetry/ports';
import { NO_SPAN } from '../core/telemetry/step';
import type { AnswerFacts, LimitState, ParsedChat } from './answer-writer';
import type { GatewayRequest } from './request';

/** A hold that is on the caller's scopes, and what it will be replaced by as things stand. */
export type TakenHold = {
  hold: Hold;
  /** With the windows of each scope that its settlement should drop. */
  scopes: { scope: Scope; past: readonly string[] }[];
  /** The output bound that the hold covers. */
  outputTokens: number;
  charge: Charge;
};

/**
 * What happened to one request, so far. Stages write it, `settle` reads it.
 * It is the only mutable thing that travels along the path.
 */
export type Receipt = {
  readonly request: GatewayRequest;
  /** The route template. */
  readonly endpoint: string;
  caller?: Caller;
  chat?: ParsedChat;
  targets: readonly Target[];
  /** 32 hex digits. */
  traceId?: string;
  /** The root step of the trace, 16 hex digits; undefined when nothing of it is recorded. */
  spanId?: string;
  /** The trace that the client named in `traceparent`, when this one is another: 32 hex digits. */
  clientTraceId?: string;
  /** The step of the trace that calls of the store belong to: the root, and after the last byte the settling. */
  span: Span;
  routingMs: number;
  cache: CacheState;
  /** A good answer may be given again. */
  storeAnswer: boolean;
  /** When the in-flight item's lease ends; undefined while there is none. */
  leaseEndsAt?: number;
  /** The hold of the attempt under way, and of the answer after it. */
  taken?: TakenHold;
  /** The holds that `taken` replaced. */
  earlier: TakenHold[];
  /** Those of them whose settlement the store did not confirm. */
  unsettled: TakenHold[];
  /** The store did not say whether a scope holds for this request: its in-flight item stays, for the sweeper. */
  holdsInDoubt?: true;
  requestLimit?: LimitState;
  tokenLimit?: LimitState;
  clampedToTokens?: number;
  attempts: AttemptRecord[];
  /** The target that answered. */
  answered?: Target;
  firstEventAt?: number;
  finishReason?: FinishReason;
  usage?: Usage;
  /** An attempt may have been billed for tokens nobody reported. */
  unmetered: boolean;
  savedNanoUsd: number;
  error?: GatewayError;
  /** The status line had gone out before `error`. */
  failedInBand: boolean;
  /** What `error` was made of, for the log. */
  failure?: unknown;
};

export const createReceipt = (request: GatewayRequest, endpoint: string): Receipt => ({
  request,
  endpoint,
  targets: [],
  span: NO_SPAN,
  routingMs: 0,
  cache: 'off',
  storeAnswer: false,
  earlier: [],
  unsettled: [],
  attempts: [],
  unmetered: false,
  failedInBand: false,
  savedNanoUsd: 0,
});

export const costNanoUsdOf = ({ attempts }: Receipt): number =>
  attempts.reduce((sum, { costNanoUsd }) => sum + costNanoUsd, 0);

/** What the caller may be told at this moment. */
export const toAnswerFacts = (receipt: Receipt): AnswerFacts => ({
  ids: receipt.request.ids,
  created: Math.floor(receipt.request.receivedAt / 1000),
  model: receipt.answered?.model ?? receipt.chat?.call.model ?? 'unknown',
  provider: receipt.answered?.provider,
  cache: receipt.cache,
  attempts: receipt.attempts.length,
  costNanoUsd: receipt.finishReason === undefined ? undefined : costNanoUsdOf(receipt),
  savedNanoUsd: receipt.savedNanoUsd,
  clampedToTokens: receipt.clampedToTokens,
  requestLimit: receipt.requestLimit,
  tokenLimit: receipt.tokenLimit,
});
