import type { FinishReason } from '../../core/chat/events';

/** The gateway's reasons in OpenAI's words; a reason that OpenAI lacks is told as the ordinary end. */
export const FINISH_REASONS = {
  stop: 'stop',
  length: 'length',
  tool_calls: 'tool_calls',
  content_filter: 'content_filter',
  other: 'stop',
} as const satisfies Record<FinishReason, string>;
