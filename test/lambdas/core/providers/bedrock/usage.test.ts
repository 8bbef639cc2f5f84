import { toUsage } from '../../../../../lambdas/core/providers/bedrock/usage';
import type { TokenUsage } from '../../../../../lambdas/core/providers/bedrock/wire';

const reported = (changes: Partial<TokenUsage> = {}): TokenUsage => ({
  inputTokens: 10,
  outputTokens: 5,
  totalTokens: 15,
  ...changes,
});

describe('toUsage', () => {
  it.each<[string, Partial<TokenUsage>, object]>([
    ['no cache tokens', {}, { input: 10, output: 5, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 }],
    ['cache reads', { cacheReadInputTokens: 7 }, { input: 10, cacheRead: 7 }],
    ['writes without details', { cacheWriteInputTokens: 9 }, { cacheWrite5m: 9, cacheWrite1h: 0 }],
    [
      'writes with details',
      {
        cacheWriteInputTokens: 9,
        cacheDetails: [
          { ttl: '1h', inputTokens: 4 },
          { ttl: '5m', inputTokens: 5 },
        ],
      },
      { cacheWrite5m: 5, cacheWrite1h: 4 },
    ],
    [
      'details that cover a part of the writes',
      { cacheWriteInputTokens: 9, cacheDetails: [{ ttl: '1h', inputTokens: 4 }] },
      { cacheWrite5m: 5, cacheWrite1h: 4 },
    ],
    [
      'details without a sum',
      {
        cacheDetails: [
          { ttl: '1h', inputTokens: 4 },
          { ttl: '5m', inputTokens: 5 },
        ],
      },
      { cacheWrite5m: 5, cacheWrite1h: 4 },
    ],
    [
      'details that exceed the sum',
      { cacheWriteInputTokens: 1, cacheDetails: [{ ttl: '1h', inputTokens: 4 }] },
      { cacheWrite5m: 0, cacheWrite1h: 4 },
    ],
  ])('reads %s', (_, changes, expected) => {
    expect(toUsage(reported(changes))).toMatchObject(expected);
  });

  it.each<[string, TokenUsage | undefined]>([
    ['nothing', undefined],
    ['no input', reported({ inputTokens: undefined })],
    ['no output', reported({ outputTokens: undefined })],
    ['a negative count', reported({ inputTokens: -1 })],
    ['a fraction', reported({ outputTokens: 1.5 })],
    ['no number', reported({ outputTokens: Number.NaN })],
    ['negative cache reads', reported({ cacheReadInputTokens: -5 })],
    ['negative cache writes', reported({ cacheWriteInputTokens: -5 })],
  ])('is unknown, not zero, when Bedrock reports %s', (_, usage) => {
    expect(toUsage(usage)).toBeUndefined();
  });
});
