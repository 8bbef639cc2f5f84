import type { Answer } from '../../core/chat/collect';
import type { ChatEvent } from '../../core/chat/events';
import type { AnswerFacts } from '../answer-writer';
import { FINISH_REASONS } from './finish-reason';
import { toUsageJson } from './usage';

type Identity = Pick<AnswerFacts, 'ids' | 'created' | 'model'>;

/** Ends a stream that is whole. */
export const DONE = 'data: [DONE]\n\n';
/** A comment, which every SSE reader skips. */
export const KEEP_ALIVE = ': keep-alive\n\n';

/**
 * The chunks of one streamed answer as SSE text. All that stays the same is built once: a chunk then costs little more
 * than the escaping of its text.
 */
export const createChunks = ({ ids, created, model }: Identity, includeUsage: boolean) => {
  const identity = JSON.stringify({
    id: `chatcmpl-${ids.requestId}`,
    object: 'chat.completion.chunk',
    created,
    model,
  }).slice(0, -1);
  const head = `data: ${identity},"choices":[{"index":0,"delta":`;
  const noUsage = includeUsage ? ',"usage":null' : '';
  const tail = `,"logprobs":null,"finish_reason":null}]${noUsage}}\n\n`;

  return {
    role: `${head}{"role":"assistant","content":"","refusal":null}${tail}`,
    text: (text: string) => `${head}{"content":${JSON.stringify(text)}}${tail}`,
    toolCall: ({ index, id, name }: Extract<ChatEvent, { type: 'tool_call' }>) =>
      `${head}{"tool_calls":[{"index":${index},"id":${JSON.stringify(id)},"type":"function",` +
      `"function":{"name":${JSON.stringify(name)},"arguments":""}}]}${tail}`,
    toolArguments: (index: number, json: string) =>
      `${head}{"tool_calls":[{"index":${index},"function":{"arguments":${JSON.stringify(json)}}}]}${tail}`,
    finish: ({ reason }: Answer) =>
      `${head}{},"logprobs":null,"finish_reason":"${FINISH_REASONS[reason]}"}]${noUsage}}\n\n`,
    usage: ({ usage }: Answer, facts: AnswerFacts) =>
      `data: ${identity},"choices":[],"usage":${toUsageJson(usage, facts)}}\n\n`,
  };
};

export type Chunks = ReturnType<typeof createChunks>;
