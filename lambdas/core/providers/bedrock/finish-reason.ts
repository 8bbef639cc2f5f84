import type { FinishReason } from '../../chat/events';

const FINISH_REASONS = new Map<string, FinishReason>([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['tool_use', 'tool_calls'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['guardrail_intervened', 'content_filter'],
  ['content_filtered', 'content_filter'],
  ['malformed_model_output', 'other'],
  ['malformed_tool_use', 'other'],
]);

/** Bedrock's stop reason in the gateway's words; `other` for one that is new or missing. */
export const toFinishReason = (stopReason: string | undefined): FinishReason =>
  FINISH_REASONS.get(stopReason ?? '') ?? 'other';
