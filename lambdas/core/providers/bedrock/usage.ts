import type { Usage } from '../../chat/usage';
import type { TokenUsage } from './wire';

const isCount = (value: number | undefined): value is number =>
  value !== undefined && Number.isSafeInteger(value) && value >= 0;

const sumOfWrites = (details: NonNullable<TokenUsage['cacheDetails']>): number =>
  details.reduce((sum, { inputTokens }) => sum + (isCount(inputTokens) ? inputTokens : 0), 0);

/**
 * What Bedrock says it will bill. Its input tokens do not include what the prompt cache read or wrote, so the kinds are
 * disjoint as they come. Cache writes without a stated lifetime have the default one, five minutes.
 * Undefined when it does not say, or says what is no count of tokens.
 */
export const toUsage = (reported: TokenUsage | undefined): Usage | undefined => {
  if (!reported) return undefined;
  const { inputTokens, outputTokens, cacheReadInputTokens = 0, cacheDetails = [] } = reported;
  const cacheWrite1h = sumOfWrites(cacheDetails.filter(({ ttl }) => ttl === '1h'));
  const cacheWrites = reported.cacheWriteInputTokens ?? sumOfWrites(cacheDetails);
  if (!isCount(inputTokens) || !isCount(outputTokens)) return undefined;
  if (!isCount(cacheReadInputTokens) || !isCount(cacheWrites)) return undefined;
  return {
    input: inputTokens,
    output: outputTokens,
    cacheRead: cacheReadInputTokens,
    cacheWrite5m: Math.max(0, cacheWrites - cacheWrite1h),
    cacheWrite1h,
  };
};
