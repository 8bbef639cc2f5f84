import { setTimeout as sleep } from 'node:timers/promises';
import type { ChatEvent, ChatStream } from '../core/chat/events';
import { GatewayError, type ProviderError } from '../core/errors';
import type { Target } from '../core/models/model';
import type { Span } from '../core/telemetry/ports';
import type { Attempted } from './attempt';
import { type AttemptDeps, createAttempt } from './attempt';
import { toCallerError } from './provider-failure';
import type { Receipt } from './receipt';

/** Time kept back from the invocation for settling. */
const SETTLE_RESERVE_MS = 10_000;
const MAX_TRIES_PER_TARGET = 3;
const BACKOFF = { firstMs: 100, mostMs: 2_000 };

export type DispatchDeps = AttemptDeps & {
  /** Holds what the next attempt may use, in place of what the one before held. Throws `GatewayError` when it cannot. */
  hold: (receipt: Receipt, target: Target) => Promise<void>;
  /** A provider is about to be asked. */
  onAttempt: (receipt: Receipt, target: Target) => void;
  /** It gave no event; the attempt is the receipt's last. */
  onFailedAttempt: (receipt: Receipt, target: Target, error: ProviderError) => void;
  onFallback: (receipt: Receipt, from: Target, to: Target, error: ProviderError) => void;
  providerTimeoutMs: number;
  random: () => number;
};

export type Dispatch = ReturnType<typeof createDispatch>;

const backoffMs = (tries: number, random: number): number =>
  random * Math.min(BACKOFF.mostMs, BACKOFF.firstMs * 2 ** tries);

/**
 * Answers a call from the first of its targets that will: retries with jitter, then falls back, each attempt under a
 * hold of its own. Until the first event a failure is nobody's business but ours; after it the answer is begun, and
 * another target would answer a different sentence. Throws `GatewayError`.
 */
export const createDispatch = (deps: DispatchDeps) => {
  const timeLeftMs = (receipt: Receipt) => receipt.request.remainingMs() - SETTLE_RESERVE_MS;
  const attempt = createAttempt(deps);

  /** One target, tried until it answers, says no for good, or the time is up. Returns its last failure, or nothing. */
  async function* tryTarget(
    receipt: Receipt,
    target: Target,
    span: Span,
  ): AsyncGenerator<ChatEvent, ProviderError | undefined> {
    for (let tries = 0; ; tries++) {
      await deps.hold(receipt, target);
      const timeoutMs = Math.min(deps.providerTimeoutMs, timeLeftMs(receipt));
      if (timeoutMs <= 0)
        throw new GatewayError('provider_timeout', 'There was no time left to ask a model. Try again.');
      deps.onAttempt(receipt, target);
      const failure: Attempted = yield* attempt(receipt, target, timeoutMs, span);
      if (failure === undefined) return undefined;
      deps.onFailedAttempt(receipt, target, failure);
      const waitMs = backoffMs(tries, deps.random());
      if (!failure.retryable || tries + 1 === MAX_TRIES_PER_TARGET || timeLeftMs(receipt) <= waitMs) return failure;
      await sleep(waitMs);
    }
  }

  return async function* dispatch(receipt: Receipt, span: Span): ChatStream & AsyncGenerator<ChatEvent> {
    const failures: ProviderError[] = [];
    for (const [index, target] of receipt.targets.entries()) {
      const failure = yield* tryTarget(receipt, target, span);
      if (failure === undefined) return;
      failures.push(failure);
      const next = receipt.targets[index + 1];
      if (!failure.fallback || next === undefined) break;
      deps.onFallback(receipt, target, next, failure);
    }
    throw toCallerError(failures, receipt.targets.length);
  };
};
