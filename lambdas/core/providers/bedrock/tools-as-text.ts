import type { AssistantMessage, Message, TextPart, ToolMessage, UserMessage } from '../../chat/call';

const text = (words: string): TextPart => ({ type: 'text', text: words });

const callAsText = (part: AssistantMessage['content'][number]): TextPart =>
  part.type === 'text' ? part : text(`[Tool call ${part.name}: ${JSON.stringify(part.arguments)}]`);

const resultAsText = ({ content }: ToolMessage, name: string): UserMessage => ({
  role: 'user',
  content: [text(`[Result of ${name}: ${content.map((part) => part.text).join('\n') || 'no output'}]`)],
});

const toolNames = (messages: readonly Message[]): Map<string, string> =>
  new Map(
    messages
      .flatMap((message) => (message.role === 'assistant' ? message.content : []))
      .flatMap((part) => (part.type === 'tool_call' ? [[part.id, part.name] as const] : [])),
  );

/**
 * The same conversation with its tool calls and results told in words.
 * Converse knows no `none` and wants tools to be declared once the history holds any; but a declared tool can be
 * called. Told in words the history needs no declaration, so that a call which forbids tools cannot be answered by one.
 */
export const toolsAsText = (messages: readonly Message[]): readonly Message[] => {
  const names = toolNames(messages);
  return messages.map((message): Message => {
    if (message.role === 'tool') return resultAsText(message, names.get(message.callId) ?? 'a tool');
    return message.role === 'assistant' ? { role: 'assistant', content: message.content.map(callAsText) } : message;
  });
};
