import { promptTokens, totalTokens, type Usage } from '../../core/chat/usage';
import type { AnswerFacts } from '../answer-writer';
import { toUsd } from '../http/to-usd';

type Money = Pick<AnswerFacts, 'cache' | 'costNanoUsd' | 'savedNanoUsd'>;

const toTokens = (usage: Usage | undefined): string =>
  usage === undefined
    ? '"prompt_tokens":null,"completion_tokens":null,"total_tokens":null,"unmetered":true'
    : `"prompt_tokens":${promptTokens(usage)},"completion_tokens":${usage.output},"total_tokens":${totalTokens(usage)},` +
      `"prompt_tokens_details":{"cached_tokens":${usage.cacheRead}}`;

/**
 * OpenAI's `usage` object as JSON text, with what the answer cost in dollars and, for a cache hit, what it saved.
 * Text, because a dollar amount must be printed digit for digit. What is not known is null, never 0; `unmetered` says
 * that the provider reported no tokens and that the cost is an upper bound.
 */
export const toUsageJson = (usage: Usage | undefined, { cache, costNanoUsd, savedNanoUsd }: Money): string => {
  const cost = costNanoUsd === undefined ? 'null' : toUsd(costNanoUsd);
  const saved = cache === 'hit' ? `,"saved_usd":${toUsd(savedNanoUsd)}` : '';
  return `{${toTokens(usage)},"cost_usd":${cost}${saved}}`;
};
