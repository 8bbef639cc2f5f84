import type { Answer } from '../../../../lambdas/core/chat/collect';
import type { Usage } from '../../../../lambdas/core/chat/usage';

export const someUsage: Usage = { input: 100, output: 20, cacheRead: 40, cacheWrite5m: 7, cacheWrite1h: 3 };

export const anAnswer = (changes: Partial<Answer> = {}): Answer => ({
  text: 'Hello',
  reasoning: '',
  toolCalls: [],
  reason: 'stop',
  usage: someUsage,
  ...changes,
});
