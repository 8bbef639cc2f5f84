import type { Answer } from '../../core/chat/collect';
import type { AnswerFacts, AnswerWriter } from '../answer-writer';
import type { ClientResponse } from '../client-response';
import { JSON_TYPE, toAnswerHeaders } from '../http/response-headers';
import { FINISH_REASONS } from './finish-reason';
import { sendError } from './send-error';
import { toUsageJson } from './usage';

const toMessage = ({ text, toolCalls }: Answer) => ({
  role: 'assistant',
  content: text === '' && toolCalls.length > 0 ? null : text,
  refusal: null,
  ...(toolCalls.length === 0
    ? {}
    : {
        tool_calls: toolCalls.map(({ id, name, arguments: json }) => ({
          id,
          type: 'function',
          function: { name, arguments: json || '{}' },
        })),
      }),
});

const toBody = (answer: Answer, facts: AnswerFacts): string => {
  const choice = { index: 0, message: toMessage(answer), logprobs: null, finish_reason: FINISH_REASONS[answer.reason] };
  const head = JSON.stringify({
    id: `chatcmpl-${facts.ids.requestId}`,
    object: 'chat.completion',
    created: facts.created,
    model: facts.model,
    choices: [choice],
  });
  return `${head.slice(0, -1)},"usage":${toUsageJson(answer.usage, facts)}}`;
};

/** Writes a whole answer as one `chat.completion` object. Events are ignored: the answer holds them all. */
export const createBufferedWriter = (response: ClientResponse, facts: () => AnswerFacts): AnswerWriter => ({
  event: () => {},
  keepAlive: () => {},
  finish: (answer) => {
    const known = facts();
    response.commit(200, { ...toAnswerHeaders(known), ...JSON_TYPE });
    response.write(toBody(answer, known));
    response.end();
  },
  fail: (error) => sendError(response, error, facts()),
});
