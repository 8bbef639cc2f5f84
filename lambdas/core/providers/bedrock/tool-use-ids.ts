import type { Message } from '../../chat/call';

const ACCEPTED = /^[a-zA-Z0-9_-]{1,64}$/;

const callIds = (messages: readonly Message[]): string[] =>
  messages.flatMap((message) => {
    if (message.role === 'tool') return [message.callId];
    return message.role === 'assistant'
      ? message.content.flatMap((part) => (part.type === 'tool_call' ? [part.id] : []))
      : [];
  });

/**
 * Names the tool calls of a conversation in the characters that Bedrock accepts. An accepted id stays as it is, any
 * other becomes `call_<n>`, so that a result still names its call and no two calls become one.
 */
export const createToolUseIds = (messages: readonly Message[]): ((callId: string) => string) => {
  const ids = [...new Set(callIds(messages))];
  const taken = new Set(ids);
  const replaced = new Map<string, string>();
  let count = 0;
  const nextFree = (): string => {
    let id = `call_${++count}`;
    while (taken.has(id)) id = `call_${++count}`;
    return id;
  };
  for (const id of ids) if (!ACCEPTED.test(id)) replaced.set(id, nextFree());
  return (callId) => replaced.get(callId) ?? callId;
};
