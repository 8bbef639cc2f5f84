import type { Usage } from './usage';

/** Why the model stopped, in the gateway's words. `other` covers what a provider adds later. */
export type FinishReason = 'stop' | 'length' | 'tool_calls' | 'content_filter' | 'other';

/**
 * An answer is a stream of these, whoever gives it: a provider, the cache, a test.
 * Order: any mix of `text`, `reasoning`, `tool_call` and `tool_arguments`, then exactly one `finish`.
 * A failure is a thrown error, never an event.
 */
export type ChatEvent =
  | { type: 'text'; text: string }
  | { type: 'reasoning'; text: string }
  /** `index` counts the tool calls of this answer from 0. */
  | { type: 'tool_call'; index: number; id: string; name: string }
  /** A fragment of the arguments' JSON text of tool call `index`. */
  | { type: 'tool_arguments'; index: number; json: string }
  /** `usage` is undefined when the provider did not report it; it is never guessed here. */
  | { type: 'finish'; reason: FinishReason; usage: Usage | undefined };

export type ChatStream = AsyncIterable<ChatEvent>;
