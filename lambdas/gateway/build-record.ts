import { type GatewayError, REFUSALS } from '../core/errors';
import type { Outcome, RequestRecord } from '../core/ledger/record';
import type { EnvironmentFacts } from '../core/telemetry/environment-facts';
import { redactText } from '../core/telemetry/redaction/redact';
import type { LimitState } from './answer-writer';
import { costNanoUsdOf, type Receipt } from './receipt';

/** What a receipt says where nobody got as far as being known. */
const UNKNOWN = 'unknown';
const NONE = 'none';
const MAX_USER_LENGTH = 64;

/** Facts of the finished response that the receipt does not hold. */
export type Ending = {
  httpStatus: number;
  responseBytes: number;
  clientGone: boolean;
  endedAt: number;
  environment: EnvironmentFacts;
};

/** A client's name for its user, without what tells who that is, cut to what a record holds. */
export const toUserId = (user: string | undefined): string | undefined =>
  user === undefined ? undefined : redactText(user).slice(0, MAX_USER_LENGTH);

const heldNanoUsdOf = ({ taken, earlier }: Pick<Receipt, 'taken' | 'earlier'>): number =>
  [...earlier, ...(taken ? [taken] : [])].reduce((sum, { hold }) => sum + hold.nanoUsd, 0);

/** Each hold covers its own attempt, so the excess is counted hold by hold. */
const overshootNanoUsdOf = ({ taken, earlier }: Pick<Receipt, 'taken' | 'earlier'>): number =>
  [...earlier, ...(taken ? [taken] : [])].reduce(
    (sum, { hold, charge }) => sum + Math.max(0, charge.nanoUsd - hold.nanoUsd),
    0,
  );

/** A limit of nothing is always used up. */
const usedOf = ({ limit, remaining }: LimitState): number =>
  limit === 0 ? 1 : Number((1 - remaining / limit).toFixed(4));

/** The fuller of the caller's two rate limits, as its admission found them; undefined without limits. */
const limitUsedOf = ({
  requestLimit,
  tokenLimit,
}: Pick<Receipt, 'requestLimit' | 'tokenLimit'>): number | undefined => {
  const used = [requestLimit, tokenLimit].flatMap((state) => (state ? [usedOf(state)] : []));
  return used.length === 0 ? undefined : Math.max(...used);
};

export const outcomeOf = (error: GatewayError | undefined, clientGone: boolean): Outcome => {
  if (error) return REFUSALS[error.code].outcome;
  return clientGone ? 'cancelled' : 'success';
};

type Source = Omit<Receipt, 'error'> & { error?: GatewayError | undefined };

/** The record of a request as its receipt stands. */
export const toRecord = (receipt: Source, outcome: Outcome, ending?: Ending): RequestRecord => {
  const { request, caller, chat, answered, error, usage } = receipt;
  const { requestId, clientRequestId, correlationId, sessionId, sessionNamed } = request.ids;
  const limitUsed = limitUsedOf(receipt);
  const [target] = receipt.targets;
  const reached = answered ?? target;
  return {
    schema: 1,
    kind: 'request',
    requestId,
    ...(clientRequestId !== requestId && { clientRequestId }),
    correlationId,
    ...(sessionId !== undefined && { sessionId }),
    ...(sessionNamed && { sessionNamed }),
    ...(receipt.traceId !== undefined && { traceId: receipt.traceId }),
    ...(receipt.clientTraceId !== undefined && { clientTraceId: receipt.clientTraceId }),
    accountId: caller?.account.accountId ?? NONE,
    keyId: caller?.key.keyId ?? NONE,
    ...(chat?.user !== undefined && { userId: toUserId(chat.user) }),
    startedAt: request.receivedAt,
    durationMs: ending ? ending.endedAt - request.receivedAt : 0,
    endpoint: receipt.endpoint,
    method: request.method,
    httpStatus: ending?.httpStatus ?? 0,
    streamed: chat?.stream ?? false,
    outcome,
    ...(error && { errorCode: error.code }),
    model: reached?.model ?? UNKNOWN,
    provider: answered?.provider ?? (receipt.attempts.length > 0 ? (target?.provider ?? NONE) : NONE),
    region: reached?.region ?? NONE,
    attempts: receipt.attempts,
    ...(usage && { usage }),
    unmetered: receipt.unmetered,
    costNanoUsd: costNanoUsdOf(receipt),
    savedNanoUsd: receipt.savedNanoUsd,
    heldNanoUsd: heldNanoUsdOf(receipt),
    overshootNanoUsd: overshootNanoUsdOf(receipt),
    cache: receipt.cache,
    ...(receipt.finishReason && { finishReason: receipt.finishReason }),
    ...(receipt.clampedToTokens !== undefined && { clampedToTokens: receipt.clampedToTokens }),
    ...(receipt.firstEventAt !== undefined && { timeToFirstEventMs: receipt.firstEventAt - request.receivedAt }),
    providerMs: receipt.attempts.reduce((sum, { durationMs }) => sum + durationMs, 0),
    routingMs: receipt.routingMs,
    requestBytes: request.body.length,
    responseBytes: ending?.responseBytes ?? 0,
    clientGone: ending?.clientGone ?? false,
    coldStart: request.coldStart,
    ...(limitUsed !== undefined && { limitUsed }),
    ...ending?.environment,
    count: 1,
    ...(answered && { priceAsOf: answered.price.asOf }),
  };
};
