import type { AnswerBlock, SimulatedAnswer } from './simulated-answer';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** A tool call that the limit cut in the middle of its arguments has no JSON form, and is left out. */
const toContent = (block: AnswerBlock): object[] => {
  if (block.kind === 'text') return [{ text: block.text }];
  if (block.kind === 'reasoning') return [{ reasoningContent: { reasoningText: { text: block.text } } }];
  const { id: toolUseId, name, json } = block;
  return isJson(json) ? [{ toolUse: { toolUseId, name, input: JSON.parse(json) } }] : [];
};

/** The body of a Converse answer; `usage` undefined leaves it out. */
export const toConverseResponse = (
  answer: SimulatedAnswer,
  usage: Record<string, unknown> | undefined,
  latencyMs: number,
): object => ({
  output: { message: { role: 'assistant', content: answer.blocks.flatMap(toContent) } },
  stopReason: answer.stopReason,
  ...(usage && { usage }),
  metrics: { latencyMs },
});
