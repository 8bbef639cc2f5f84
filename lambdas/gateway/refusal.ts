import { GatewayError } from '../core/errors';
import type { Refusal } from '../core/ledger/limits';
import { renewalOf, secondsToNextMinute } from '../core/ledger/windows';
import { amountFor, type Bound, outputThatFits } from './amount';

/** What a scope has left once every hold of others is counted as spent. */
const leftIn = ({ scope: { limits }, state }: Refusal) => ({
  tokens: (limits.tokensPerMinute ?? Number.POSITIVE_INFINITY) - state.tokens,
  nanoUsd: (limits.budget?.nanoUsd ?? Number.POSITIVE_INFINITY) - state.committedNanoUsd,
});

/** The output bound that every refusing scope could still hold; 0 when a refusal is not about amounts. */
export const fittingOutput = (bound: Bound, refusals: readonly Refusal[]): number =>
  Math.min(
    ...refusals.map((refusal) =>
      refusal.reason === 'tokens' || refusal.reason === 'budget' ? outputThatFits(bound, leftIn(refusal)) : 0,
    ),
  );

const ownerOf = ({ scope }: Refusal): string => (scope.pk.startsWith('account#') ? 'account' : 'key');

const budgetError = (refusal: Refusal, least: number, now: number): GatewayError => {
  const { budget } = refusal.scope.limits;
  const spent = refusal.state.committedNanoUsd - refusal.state.heldNanoUsd;
  if (budget === undefined || budget.nanoUsd - spent >= least)
    return new GatewayError(
      'budget_held',
      `What is left of the budget of this ${ownerOf(refusal)} is held by requests under way. Try again in a few seconds.`,
      { retryAfterSeconds: 2 },
    );
  const renewal = `It renews on ${renewalOf(now, budget.period)} (UTC).`;
  return spent >= budget.nanoUsd
    ? new GatewayError('budget_exhausted', `The budget of this ${ownerOf(refusal)} is spent. ${renewal}`)
    : new GatewayError(
        'budget_too_small',
        `What is left of the budget of this ${ownerOf(refusal)} does not cover this request. Shorten it, or choose a cheaper model. ${renewal}`,
      );
};

const tokensError = (refusal: Refusal, least: number, now: number): GatewayError => {
  const limit = refusal.scope.limits.tokensPerMinute ?? 0;
  const seconds = secondsToNextMinute(now);
  return new GatewayError(
    'tokens_per_minute',
    least > limit
      ? `This request may need up to ${least} tokens, and this ${ownerOf(refusal)} may use ${limit} a minute. Shorten it, or lower max_tokens.`
      : `This ${ownerOf(refusal)} has used its ${limit} tokens of this minute. Try again in ${seconds} s.`,
    { retryAfterSeconds: seconds },
  );
};

const requestsError = (refusal: Refusal, now: number): GatewayError => {
  const seconds = secondsToNextMinute(now);
  return new GatewayError(
    'requests_per_minute',
    `This ${ownerOf(refusal)} has reached its limit of requests a minute (${refusal.scope.limits.requestsPerMinute}). Try again in ${seconds} s.`,
    { retryAfterSeconds: seconds },
  );
};

/** What the caller is told when `refusal` stands: why, and when to come back. `minOutputTokens` is the least worth asking for. */
export const explainRefusal = (refusal: Refusal, bound: Bound, minOutputTokens: number, now: number): GatewayError => {
  const least = amountFor(bound, minOutputTokens);
  switch (refusal.reason) {
    case 'requests':
      return requestsError(refusal, now);
    case 'tokens':
      return tokensError(refusal, least.tokens, now);
    case 'budget':
      return budgetError(refusal, least.nanoUsd, now);
    case 'in_flight':
      return new GatewayError(
        'too_many_in_flight',
        `Too many requests of this ${ownerOf(refusal)} are under way at once. Try again in a second.`,
        {
          retryAfterSeconds: 1,
        },
      );
  }
};
