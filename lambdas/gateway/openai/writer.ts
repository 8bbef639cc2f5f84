import type { AnswerFacts, AnswerWriter, ParsedChat } from '../answer-writer';
import type { ClientResponse } from '../client-response';
import { createBufferedWriter } from './buffered-writer';
import { createStreamWriter } from './stream-writer';

/** The writer that a chat request asked for. */
export const createWriter = (
  { stream, includeUsage }: ParsedChat,
  response: ClientResponse,
  facts: () => AnswerFacts,
): AnswerWriter =>
  stream ? createStreamWriter({ response, facts, includeUsage }) : createBufferedWriter(response, facts);
