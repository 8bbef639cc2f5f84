import type { Call, Message, TextPart, Tool } from '../chat/call';
import { imageTokenBound } from './image-bound';

/**
 * What a prompt holds besides the client's text, each figure with room to spare:
 * the preamble that some chat templates begin with (about 100 tokens for gpt-oss), the marks around a message (5 for
 * Llama) and the words in place of an empty one, the tool prompt (at most 530 for Claude 3 Opus, 346 for Claude 4), the
 * frame of a tool, and that of a tool call and its result, told in words or not.
 * https://platform.claude.com/docs/en/agents-and-tools/tool-use/overview
 */
const OVERHEAD = {
  call: 256,
  system: 16,
  message: 32,
  part: 16,
  toolPrompt: 1_024,
  tool: 64,
  toolCall: 64,
  toolResult: 128,
} as const;

const sum = <T>(items: readonly T[], bound: (item: T) => number): number =>
  items.reduce((total, item) => total + bound(item), 0);

/**
 * One token per UTF-8 byte: the tokenizers in use are byte-level, so no token is shorter than a byte. Some of them
 * normalise first, which can lengthen a text, so the longer form counts.
 */
const textBound = (text: string): number => {
  const bytes = Buffer.byteLength(text);
  const isAscii = bytes === text.length;
  return isAscii ? bytes : Math.max(bytes, Buffer.byteLength(text.normalize('NFKC')));
};

const jsonBound = (value: unknown): number => textBound(JSON.stringify(value) ?? '');

const partBound = (part: Message['content'][number]): number => {
  switch (part.type) {
    case 'text':
      return OVERHEAD.part + textBound(part.text);
    case 'image':
      return OVERHEAD.part + imageTokenBound(part);
    case 'tool_call':
      return OVERHEAD.toolCall + textBound(part.id) + textBound(part.name) + jsonBound(part.arguments);
  }
};

const messageBound = (message: Message): number =>
  OVERHEAD.message +
  (message.role === 'tool' ? OVERHEAD.toolResult + textBound(message.callId) : 0) +
  sum<Message['content'][number]>(message.content, partBound);

const toolBound = ({ name, description = '', inputSchema }: Tool): number =>
  OVERHEAD.tool + textBound(name) + textBound(description) + jsonBound(inputSchema);

const systemBound = (text: TextPart['text']): number => OVERHEAD.system + textBound(text);

const usesTools = ({ tools, messages }: Call): boolean =>
  tools.length > 0 || messages.some(({ role }) => role === 'tool');

/**
 * An upper bound of the input tokens that a call can be billed for, whichever model of the catalogue answers it.
 * Generous by design: it is held before the call and given back after it. A tool schema counts as its compact JSON,
 * which leaves the slack for templates that lay it out; a schema nested hundreds of levels deep could exceed that.
 */
export const inputTokenBound = (call: Call): number =>
  OVERHEAD.call +
  sum(call.system, systemBound) +
  sum(call.messages, messageBound) +
  (usesTools(call) ? OVERHEAD.toolPrompt : 0) +
  sum(call.tools, toolBound);
