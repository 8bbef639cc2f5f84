import type { CacheTokens } from './directives';
import type { Fault } from './fault';

/** Tokens of one generation; the kinds are disjoint. */
export type Tokens = { input: number; output: number; cacheRead: number; cacheWrite5m: number; cacheWrite1h: number };

export type Count = {
  input: number;
  output: number;
  cache: CacheTokens | undefined;
  /** The size of the request's body. */
  requestBytes: number;
  maxTokens: number;
};

/** What a generation uses, and Bedrock therefore bills; a `usage` fault takes it above any estimate. */
export const toTokens = (
  { input, output, cache, requestBytes, maxTokens }: Count,
  shaping: readonly Fault[],
): Tokens => {
  const above = shaping.some(({ kind }) => kind === 'usage');
  return {
    input: above ? requestBytes * 2 : input,
    output: above ? maxTokens * 2 : output,
    cacheRead: cache?.read ?? 0,
    cacheWrite5m: cache?.write5m ?? 0,
    cacheWrite1h: cache?.write1h ?? 0,
  };
};

/** Bedrock's `TokenUsage`; the cache members appear only when a cache was asked for. */
export const toTokenUsage = (tokens: Tokens): Record<string, unknown> => {
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = tokens;
  const cacheWrite = cacheWrite5m + cacheWrite1h;
  const usage = {
    inputTokens: input,
    outputTokens: output,
    totalTokens: input + output + cacheRead + cacheWrite,
  };
  if (cacheRead + cacheWrite === 0) return usage;
  const written = [
    { ttl: '1h', inputTokens: cacheWrite1h },
    { ttl: '5m', inputTokens: cacheWrite5m },
  ].filter(({ inputTokens }) => inputTokens > 0);
  return {
    ...usage,
    cacheReadInputTokens: cacheRead,
    cacheWriteInputTokens: cacheWrite,
    ...(written.length > 0 && { cacheDetails: written }),
  };
};
