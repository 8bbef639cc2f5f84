import type { AnswerFacts } from '../../../../lambdas/gateway/answer-writer';
import type { RequestIds } from '../../../../lambdas/gateway/request';

export const someIds = (changes: Partial<RequestIds> = {}): RequestIds => ({
  requestId: 'request-1',
  clientRequestId: 'client-1',
  correlationId: 'correlation-1',
  sessionId: 'session-1',
  ...changes,
});

/** The facts of a miss that one provider answered at the first attempt. */
export const someFacts = (changes: Partial<AnswerFacts> = {}): AnswerFacts => ({
  ids: someIds(),
  created: 1_700_000_000,
  model: 'claude-sonnet',
  provider: 'bedrock',
  cache: 'miss',
  attempts: 1,
  costNanoUsd: 12_450_000,
  savedNanoUsd: 0,
  clampedToTokens: undefined,
  requestLimit: undefined,
  tokenLimit: undefined,
  ...changes,
});
