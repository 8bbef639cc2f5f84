import { GatewayError } from '../core/errors';
import type { Caller } from '../core/keys/account';
import {
  type Charge,
  type Hold,
  isLimited,
  type Limits,
  type Refusal,
  type Scope,
  type Take,
} from '../core/ledger/limits';
import { secondsToNextMinute } from '../core/ledger/windows';
import type { Span } from '../core/telemetry/ports';
import { type Amount, amountFor, type Bound } from './amount';
import type { LimitState } from './answer-writer';
import type { TakenHold } from './receipt';
import { explainRefusal, fittingOutput } from './refusal';
import type { RefusalMemory } from './refusal-memory';

/** How often a hold is made smaller to fit before the caller is told to come back. */
const MAX_FITS = 4;

/** What the caller's limits are and what is left of them, for the headers of an answer or of a refusal. */
export type LimitStates = { requestLimit?: LimitState; tokenLimit?: LimitState };

/** What a request has to know of its admission, whether or not the hold is taken. */
export type AdmissionNotes = LimitStates & {
  /** The store did not say whether a scope holds: only the sweeper can tell, once nothing is on its way any more. */
  holdsInDoubt?: true;
};

/** Who asks, and who is told how it went. */
export type Asker = { caller: Caller; note: (notes: AdmissionNotes) => void; span?: Span };

const NOTHING: Charge = { requests: 0, tokens: 0, nanoUsd: 0 };

/** The scopes of a caller that limit it. An unlimited scope is never written. */
export const limitedScopes = ({ key, account }: Caller): Scope[] =>
  [
    { pk: `key#${key.keyId}`, limits: key.limits },
    { pk: `account#${account.accountId}`, limits: account.limits },
  ].filter(isLimited);

const tightest = (states: readonly LimitState[]): LimitState | undefined =>
  states.reduce<LimitState | undefined>(
    (least, state) => (least && least.remaining <= state.remaining ? least : state),
    undefined,
  );

const limitStates = (takes: readonly Pick<Take, 'scope' | 'state'>[], now: number): LimitStates => {
  const resetSeconds = secondsToNextMinute(now);
  const stateOf = (limit: number | undefined, used: number): LimitState[] =>
    limit === undefined ? [] : [{ limit, remaining: Math.max(0, limit - used), resetSeconds }];
  const requestLimit = tightest(
    takes.flatMap(({ scope, state }) => stateOf(scope.limits.requestsPerMinute, state.requests)),
  );
  const tokenLimit = tightest(takes.flatMap(({ scope, state }) => stateOf(scope.limits.tokensPerMinute, state.tokens)));
  return { ...(requestLimit && { requestLimit }), ...(tokenLimit && { tokenLimit }) };
};

const storeUnavailable = (cause: unknown): GatewayError =>
  new GatewayError(
    'store_unavailable',
    'Limits cannot be checked at the moment, so nothing was sent. Try again shortly.',
    { retryAfterSeconds: 1, cause },
  );

export type Admit = ReturnType<typeof createAdmit>;

/** Takes holds from all scopes of a caller at once, or from none. */
export const createAdmit = (deps: {
  limits: Limits;
  memory: RefusalMemory;
  minOutputTokens: number;
  now: () => number;
}) => {
  const { limits, memory, minOutputTokens, now } = deps;

  /** Gives a hold back that some scopes may have. What cannot be given back now is left to the sweeper. */
  const giveBack = async (scopes: readonly Scope[], hold: Hold, { note, span }: Asker): Promise<void> => {
    const results = await Promise.allSettled(scopes.map((scope) => limits.settle(scope, hold, NOTHING, { span })));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed === undefined) return;
    note({ holdsInDoubt: true });
    throw storeUnavailable(failed.reason);
  };

  /** All scopes hold, or those that refused. */
  const takeAll = async (scopes: readonly Scope[], hold: Hold, asker: Asker): Promise<Take[]> => {
    const results = await Promise.allSettled(scopes.map((scope) => limits.take(scope, hold, asker.span)));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed !== undefined) {
      asker.note({ holdsInDoubt: true });
      await giveBack(scopes, hold, asker);
      throw storeUnavailable(failed.reason);
    }
    const takes = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
    asker.note(limitStates(takes, hold.takenAt));
    return takes;
  };

  /** The refusals among `takes`; then nothing is held any more. */
  const refusalsOf = async (takes: readonly Take[], hold: Hold, asker: Asker) => {
    const refusals = takes.filter((take) => !take.taken);
    const held = takes.filter(({ taken }) => taken).map(({ scope }) => scope);
    if (refusals.length > 0) await giveBack(held, hold, asker);
    return refusals;
  };

  const toTaken = (takes: readonly Take[], hold: Hold, outputTokens: number): TakenHold => ({
    hold,
    outputTokens,
    scopes: takes.map(({ scope, state }) => ({ scope, past: state.past })),
    charge: { ...NOTHING, requests: hold.requests },
  });

  const refuse = (caller: Caller, refusals: readonly Refusal[], bound: Bound): never => {
    const errors = refusals.map((refusal) => explainRefusal(refusal, bound, minOutputTokens, now()));
    // Of two refusals the caller is told the one that lasts: a payment needed, then the longest wait.
    const [error] = errors.sort(
      (a, b) =>
        Number(a.retryAfterSeconds !== undefined) - Number(b.retryAfterSeconds !== undefined) ||
        (b.retryAfterSeconds ?? 0) - (a.retryAfterSeconds ?? 0),
    );
    if (error === undefined) throw new Error('A refusal without a refusing scope.');
    memory.remember(caller.key.keyId, error, limitStates(refusals, now()));
    throw error;
  };

  /**
   * Holds what a call may use at one target, with its output bound made smaller where a limit leaves less.
   * Throws `GatewayError`: requests_per_minute, tokens_per_minute, budget_held, budget_exhausted, budget_too_small,
   * too_many_in_flight, store_unavailable. Nothing is held then.
   */
  const forCall = async (
    asker: Asker,
    bound: Bound,
    wanted: Pick<Hold, 'id' | 'requests'> & { outputTokens: number },
  ): Promise<TakenHold> => {
    const { caller } = asker;
    const scopes = limitedScopes(caller);
    let amount: Amount = amountFor(bound, wanted.outputTokens);
    for (let fits = 0; ; fits++) {
      const { tokens, nanoUsd } = amount;
      const hold: Hold = { id: wanted.id, requests: wanted.requests, tokens, nanoUsd, takenAt: now() };
      const takes = await takeAll(scopes, hold, asker);
      const refusals = await refusalsOf(takes, hold, asker);
      if (refusals.length === 0) return toTaken(takes, hold, amount.outputTokens);
      const outputTokens = fittingOutput(bound, refusals);
      if (outputTokens < minOutputTokens || fits === MAX_FITS) return refuse(caller, refusals, bound);
      amount = amountFor(bound, Math.min(outputTokens, amount.outputTokens));
    }
  };

  /** Counts a request that costs nothing, against the scopes that count requests. */
  const forHit = async (asker: Asker, holdId: string): Promise<TakenHold> => {
    const { caller } = asker;
    const scopes = limitedScopes(caller).filter(({ limits: { requestsPerMinute } }) => requestsPerMinute !== undefined);
    const hold: Hold = { id: holdId, requests: 1, tokens: 0, nanoUsd: 0, takenAt: now() };
    const takes = await takeAll(scopes, hold, asker);
    const refusals = await refusalsOf(takes, hold, asker);
    if (refusals.length === 0) return toTaken(takes, hold, 0);
    return refuse(caller, refusals, { inputTokens: 0, inputNanoUsd: 0, outputNanoUsdPerToken: 0 });
  };

  return { forCall, forHit };
};
