import type { AssistantMessage, Call, Message } from '../../core/chat/call';
import type { WireAssistant, WireMessage } from './message-schema';
import type { WireRequest } from './request-schema';

const toAssistant = ({ content, refusal, tool_calls: calls }: WireAssistant): AssistantMessage => ({
  role: 'assistant',
  content: [...(content ?? []), ...(refusal ? [{ type: 'text' as const, text: refusal }] : []), ...(calls ?? [])],
});

const toMessage = (message: WireMessage): Message | undefined => {
  switch (message.role) {
    case 'user':
      return { role: 'user', content: message.content };
    case 'assistant':
      return toAssistant(message);
    case 'tool':
      return { role: 'tool', callId: message.tool_call_id, content: message.content };
    default:
      return undefined;
  }
};

const toSystem = (message: WireMessage): string[] =>
  message.role === 'system' || message.role === 'developer' ? message.content.map(({ text }) => text) : [];

/** A checked request in the gateway's inner language. System and developer texts are hoisted, one entry per part. */
export const toCall = (request: WireRequest): Call => {
  const { tools = [], stop = [], temperature, top_p: topP } = request;
  const maxOutputTokens = request.max_completion_tokens ?? request.max_tokens;
  return {
    model: request.model,
    system: request.messages.flatMap(toSystem),
    messages: request.messages.flatMap((message) => toMessage(message) ?? []),
    tools,
    // Without tools every choice that is let in means the same, and must give the same cache key.
    toolChoice: tools.length > 0 ? (request.tool_choice ?? 'auto') : 'none',
    stop,
    ...(maxOutputTokens === undefined ? {} : { maxOutputTokens }),
    ...(temperature === undefined ? {} : { temperature }),
    ...(topP === undefined ? {} : { topP }),
  };
};
