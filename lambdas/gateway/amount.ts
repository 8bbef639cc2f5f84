import type { Call } from '../core/chat/call';
import type { Target } from '../core/models/model';

/** What a call may use at most, for the scopes to hold. */
export type Amount = { tokens: number; nanoUsd: number; outputTokens: number };

/** Upper bounds of what one call costs at one target; `inputTokens` is itself an upper bound. */
export type Bound = { inputTokens: number; inputNanoUsd: number; outputNanoUsdPerToken: number };

const NANO_USD_PER_TOKEN = 1_000;

/** The dearest way in which the input could be charged, and the price of every output token. */
export const boundOf = ({ price }: Target, inputTokens: number, dearestInputUsdPerMillion: number): Bound => ({
  inputTokens,
  inputNanoUsd: inputTokens * dearestInputUsdPerMillion * NANO_USD_PER_TOKEN,
  outputNanoUsdPerToken: price.output * NANO_USD_PER_TOKEN,
});

/** The output that a call asks of one target: never more than the target can give. */
export const requestedOutput = ({ maxOutputTokens }: Call, target: Target): number =>
  Math.min(maxOutputTokens ?? target.maxOutputTokens, target.maxOutputTokens);

/** What has to be held so that `outputTokens` may be asked for. */
export const amountFor = (bound: Bound, outputTokens: number): Amount => ({
  tokens: bound.inputTokens + outputTokens,
  nanoUsd: Math.ceil(bound.inputNanoUsd + outputTokens * bound.outputNanoUsdPerToken),
  outputTokens,
});

/** The most output that fits into what is left; negative when not even the input fits. */
export const outputThatFits = (bound: Bound, left: { tokens: number; nanoUsd: number }): number => {
  const byTokens = left.tokens - bound.inputTokens;
  const byBudget = (left.nanoUsd - bound.inputNanoUsd) / bound.outputNanoUsdPerToken;
  return Math.floor(Math.min(byTokens, byBudget));
};
