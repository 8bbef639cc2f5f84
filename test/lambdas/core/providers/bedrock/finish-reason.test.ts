import { StopReason } from '@aws-sdk/client-bedrock-runtime';
import { toFinishReason } from '../../../../../lambdas/core/providers/bedrock/finish-reason';

const EXPECTED: Record<StopReason, string> = {
  end_turn: 'stop',
  stop_sequence: 'stop',
  tool_use: 'tool_calls',
  max_tokens: 'length',
  model_context_window_exceeded: 'length',
  guardrail_intervened: 'content_filter',
  content_filtered: 'content_filter',
  malformed_model_output: 'other',
  malformed_tool_use: 'other',
};

describe('toFinishReason', () => {
  it.each(Object.values(StopReason))('knows the stop reason %s of the SDK', (stopReason) => {
    expect(toFinishReason(stopReason)).toBe(EXPECTED[stopReason]);
  });

  it.each([undefined, '', 'a_reason_of_the_future', '__proto__'])('calls %p other', (stopReason) => {
    expect(toFinishReason(stopReason)).toBe('other');
  });
});
