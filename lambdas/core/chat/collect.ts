import type { ChatEvent, ChatStream, FinishReason } from './events';
import type { Usage } from './usage';

export type CollectedToolCall = { id: string; name: string; arguments: string };

/** A whole answer: what a buffered response and a cache entry are made of. `arguments` is JSON text. */
export type Answer = {
  text: string;
  reasoning: string;
  toolCalls: CollectedToolCall[];
  reason: FinishReason;
  usage: Usage | undefined;
};

/** Folds events into an answer one by one, for callers that also forward them. */
export const createCollector = () => {
  const answer: Answer = { text: '', reasoning: '', toolCalls: [], reason: 'other', usage: undefined };
  const toolCall = (index: number): CollectedToolCall => {
    const found = answer.toolCalls[index];
    if (!found) throw new Error(`Arguments arrived for tool call ${index}, which was never opened.`);
    return found;
  };
  const add = (event: ChatEvent): void => {
    switch (event.type) {
      case 'text':
        answer.text += event.text;
        break;
      case 'reasoning':
        answer.reasoning += event.text;
        break;
      case 'tool_call':
        answer.toolCalls[event.index] = { id: event.id, name: event.name, arguments: '' };
        break;
      case 'tool_arguments':
        toolCall(event.index).arguments += event.json;
        break;
      case 'finish':
        answer.reason = event.reason;
        answer.usage = event.usage;
        break;
    }
  };
  return { add, answer };
};

/** Reads a stream to its end. */
export const collect = async (events: ChatStream): Promise<Answer> => {
  const { add, answer } = createCollector();
  for await (const event of events) add(event);
  return answer;
};

/** The events that give `answer` again. */
export function* replay(answer: Answer): Generator<ChatEvent> {
  if (answer.reasoning) yield { type: 'reasoning', text: answer.reasoning };
  if (answer.text) yield { type: 'text', text: answer.text };
  for (const [index, { id, name, arguments: json }] of answer.toolCalls.entries()) {
    yield { type: 'tool_call', index, id, name };
    yield { type: 'tool_arguments', index, json };
  }
  yield { type: 'finish', reason: answer.reason, usage: answer.usage };
}
