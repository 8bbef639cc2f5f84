import type { ImagePart, Message, TextPart, ToolCallPart, ToolMessage } from '../../chat/call';
import { isBlank } from './is-blank';
import { toDocument } from './to-document';
import { createToolUseIds } from './tool-use-ids';
import type { ContentBlock, ConverseMessage } from './wire';

type Turn = { role: 'user' | 'assistant'; content: ContentBlock[] };
type ToolUseId = (callId: string) => string;

/** What stands where Bedrock insists on text and the client sent none. */
export const PLACEHOLDERS = {
  emptyUserMessage: '(empty message)',
  emptyToolResult: '(no output)',
  /** Before a conversation that the assistant begins. */
  start: '(start of conversation)',
} as const;

const textBlocks = (parts: readonly TextPart[]): { text: string }[] =>
  parts.filter(({ text }) => !isBlank(text)).map(({ text }) => ({ text }));

const toImageBlock = ({ format, base64 }: ImagePart): ContentBlock => ({
  image: { format, source: { bytes: Buffer.from(base64, 'base64') } },
});

const toToolUse = ({ id, name, arguments: input }: ToolCallPart, toolUseId: ToolUseId): ContentBlock => ({
  toolUse: { toolUseId: toolUseId(id), name, input: toDocument(input) },
});

const toToolResult = ({ callId, content }: ToolMessage, toolUseId: ToolUseId): ContentBlock => {
  const texts = textBlocks(content);
  const said = texts.length > 0 ? texts : [{ text: PLACEHOLDERS.emptyToolResult }];
  return { toolResult: { toolUseId: toolUseId(callId), content: said } };
};

const toBlocks = (part: TextPart | ImagePart | ToolCallPart, toolUseId: ToolUseId): ContentBlock[] => {
  switch (part.type) {
    case 'text':
      return textBlocks([part]);
    case 'image':
      return [toImageBlock(part)];
    case 'tool_call':
      return [toToolUse(part, toolUseId)];
  }
};

const toTurn = (message: Message, toolUseId: ToolUseId): Turn => {
  if (message.role === 'tool') return { role: 'user', content: [toToolResult(message, toolUseId)] };
  const parts: readonly (TextPart | ImagePart | ToolCallPart)[] = message.content;
  return { role: message.role, content: parts.flatMap((part) => toBlocks(part, toolUseId)) };
};

const mergeTurns = (turns: readonly Turn[]): Turn[] => {
  const merged: Turn[] = [];
  for (const { role, content } of turns) {
    const last = merged.at(-1);
    if (last?.role === role) last.content.push(...content);
    else merged.push({ role, content: [...content] });
  }
  return merged;
};

const resultsFirst = (blocks: readonly ContentBlock[]): ContentBlock[] => [
  ...blocks.filter(({ toolResult }) => toolResult),
  ...blocks.filter(({ toolResult }) => !toolResult),
];

const completeUserTurn = ({ role, content }: Turn): Turn => {
  if (role === 'assistant') return { role, content };
  return { role, content: content.length > 0 ? resultsFirst(content) : [{ text: PLACEHOLDERS.emptyUserMessage }] };
};

/** An answer that the model is to continue must not end in white space. */
const trimPrefill = (turns: readonly Turn[]): Turn[] =>
  turns.map(({ role, content }, index) => {
    const last = content.at(-1);
    if (role === 'user' || index < turns.length - 1 || last?.text === undefined) return { role, content };
    return { role, content: [...content.slice(0, -1), { text: last.text.trimEnd() }] };
  });

/**
 * A conversation under Bedrock's rules: user first, roles in turn, no blank text, tool results at the head of the user
 * turn that follows their calls. Neighbours of one role become one turn, blank texts and empty assistant messages are
 * left out, and `PLACEHOLDERS` fills what must not be empty.
 */
export const toConverseMessages = (messages: readonly Message[]): ConverseMessage[] => {
  const toolUseId = createToolUseIds(messages);
  const turns = messages
    .map((message) => toTurn(message, toolUseId))
    .filter(({ role, content }) => role === 'user' || content.length > 0);
  const complete = trimPrefill(mergeTurns(turns).map(completeUserTurn));
  return complete[0]?.role === 'user'
    ? complete
    : [{ role: 'user', content: [{ text: PLACEHOLDERS.start }] }, ...complete];
};
