import type { Call } from '../../lambdas/core/chat/call';

/** A call of one short user message; `changes` shows what matters. */
export const aCall = (changes: Partial<Call> = {}): Call => ({
  model: 'claude-sonnet-4-5',
  system: [],
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Hello.' }] }],
  tools: [],
  toolChoice: 'auto',
  stop: [],
  ...changes,
});
