import type { Limits } from '../../core/keys/account';
import type { ScopeState } from '../../core/ledger/scope-state';
import { renewalOf } from '../../core/ledger/windows';
import { type Decimal, type ExactJson, toDecimal, toQuotient, toUsd } from './exact-json';

/** Decimals of a share. */
const SHARE = 6;

/** The limits of a key or account, each with how much of it is used. Empty for a scope that has none. */
export const toLimitUsage = (limits: Limits, state: ScopeState, now: number): ExactJson => {
  const { requestsPerMinute, tokensPerMinute, budget } = limits;
  return {
    ...(requestsPerMinute === undefined ? {} : { requests_per_minute: ofWindow(requestsPerMinute, state.requests) }),
    ...(tokensPerMinute === undefined ? {} : { tokens_per_minute: ofWindow(tokensPerMinute, state.tokens) }),
    ...(budget === undefined ? {} : { budget: ofBudget(budget, state, now) }),
  };
};

const ofWindow = (limit: number, used: number): ExactJson => ({
  limit: BigInt(limit),
  used: BigInt(used),
  usage_ratio: toShare(used, limit),
});

const ofBudget = ({ nanoUsd, period }: NonNullable<Limits['budget']>, state: ScopeState, now: number): ExactJson => ({
  period,
  limit_usd: toUsd(BigInt(nanoUsd)),
  spent_usd: toUsd(BigInt(state.committedNanoUsd - state.heldNanoUsd)),
  held_usd: toUsd(BigInt(state.heldNanoUsd)),
  usage_ratio: toShare(state.committedNanoUsd, nanoUsd),
  renews_on: renewalOf(now, period),
});

const toShare = (used: number, limit: number): Decimal | null => {
  const share = toQuotient(BigInt(Math.max(0, used)), BigInt(limit), SHARE);
  return share === null ? null : toDecimal(share, SHARE);
};
