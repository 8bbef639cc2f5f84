import type { TextPart } from '../../core/chat/call';
import { refuse } from './faults';
import type { WireAssistant, WireMessage } from './message-schema';

type Indexed<Message> = { index: number; message: Message };
/** Tool calls of one assistant message that no tool message has answered yet, by id. */
type Pending = { callsAt: string; ids: Set<string> };

const isBlank = (content: readonly (TextPart | { type: 'image' })[]): boolean =>
  content.every((part) => part.type === 'text' && part.text.trim() === '');

const openCalls = ({ index, message }: Indexed<WireAssistant>, seen: Set<string>): Pending => {
  const calls = message.tool_calls ?? [];
  for (const [position, { id }] of calls.entries()) {
    if (seen.has(id)) throw refuse(`messages.${index}.tool_calls.${position}.id`, 'is the id of an earlier tool call');
    seen.add(id);
  }
  if (calls.length === 0 && message.content == null && message.refusal == null) {
    throw refuse(`messages.${index}.content`, 'is required in a message without tool_calls');
  }
  return { callsAt: `messages.${index}.tool_calls`, ids: new Set(calls.map(({ id }) => id)) };
};

const requireAnswered = ({ callsAt, ids }: Pending): void => {
  const [first] = ids;
  if (first !== undefined) {
    throw refuse(callsAt, `must be followed by one tool message for each call; "${first}" has none`);
  }
};

const answerCall = (pending: Pending, index: number, id: string): void => {
  if (!pending.ids.delete(id)) {
    throw refuse(`messages.${index}.tool_call_id`, 'names no unanswered tool call of the assistant message before it');
  }
};

const requireSomethingToAnswer = (last: Indexed<WireMessage> | undefined): void => {
  if (!last) throw refuse('messages', 'holds nothing to answer: add a user message');
  if (last.message.role === 'assistant') {
    throw refuse(`messages.${last.index}`, 'leaves nothing to answer: end with a user or tool message');
  }
};

/**
 * Checks what no single message shows: that every tool call is answered once and right after it, that call ids are
 * unique, that no user message is blank, and that there is something to answer. System and developer messages may
 * stand anywhere. Throws `invalid_request` naming the message.
 */
export const checkConversation = (messages: readonly WireMessage[]): void => {
  const seen = new Set<string>();
  let pending: Pending = { callsAt: 'messages', ids: new Set() };
  let last: Indexed<WireMessage> | undefined;
  for (const [index, message] of messages.entries()) {
    if (message.role === 'system' || message.role === 'developer') continue;
    last = { index, message };
    if (message.role === 'tool') {
      answerCall(pending, index, message.tool_call_id);
      continue;
    }
    requireAnswered(pending);
    if (message.role === 'assistant') pending = openCalls({ index, message }, seen);
    else if (isBlank(message.content)) throw refuse(`messages.${index}.content`, 'is blank');
  }
  requireAnswered(pending);
  requireSomethingToAnswer(last);
};
