import type { ChatEvent } from '../../core/chat/events';
import type { AnswerFacts, AnswerWriter } from '../answer-writer';
import type { ClientResponse } from '../client-response';
import { EVENT_STREAM_TYPE, toAnswerHeaders } from '../http/response-headers';
import { type Chunks, createChunks, DONE, KEEP_ALIVE } from './chunks';
import { toErrorBody } from './errors';
import { sendError } from './send-error';

type Streamed = { response: ClientResponse; facts: () => AnswerFacts; includeUsage: boolean };

/** Writes an answer as OpenAI's server-sent events: the role first, `[DONE]` last and only when the answer is whole. */
export const createStreamWriter = ({ response, facts, includeUsage }: Streamed): AnswerWriter => {
  let chunks: Chunks | undefined;
  // Calls whose arguments are still empty: OpenAI's are JSON text always.
  const bare = new Set<number>();

  const commit = (): void => {
    if (response.committed) return;
    // A cost known before the end is that of failed attempts only.
    response.commit(200, { ...toAnswerHeaders({ ...facts(), costNanoUsd: undefined }), ...EVENT_STREAM_TYPE });
  };
  // Not at the commit: a keep-alive commits before it is known which model answers.
  const begin = (): Chunks => {
    if (chunks) return chunks;
    commit();
    chunks = createChunks(facts(), includeUsage);
    response.write(chunks.role);
    return chunks;
  };
  const writeArguments = (to: Chunks, index: number, json: string): void => {
    if (json === '') return;
    bare.delete(index);
    response.write(to.toolArguments(index, json));
  };
  const writeEvent = (to: Chunks, event: ChatEvent): void => {
    if (event.type === 'text' && event.text !== '') response.write(to.text(event.text));
    if (event.type === 'tool_arguments') writeArguments(to, event.index, event.json);
    if (event.type === 'tool_call') {
      bare.add(event.index);
      response.write(to.toolCall(event));
    }
  };

  return {
    event: (event) => writeEvent(begin(), event),
    keepAlive: () => {
      commit();
      response.write(KEEP_ALIVE);
    },
    finish: (answer) => {
      const to = begin();
      for (const index of bare) writeArguments(to, index, '{}');
      response.write(to.finish(answer));
      if (includeUsage) response.write(to.usage(answer, facts()));
      response.write(DONE);
      response.end();
    },
    fail: (error) => {
      if (!response.committed) return sendError(response, error, facts());
      response.write(`data: ${toErrorBody(error, facts().ids)}\n\n`);
      response.end();
    },
  };
};
