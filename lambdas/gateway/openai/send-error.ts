import { type GatewayError, REFUSALS } from '../../core/errors';
import type { AnswerFacts } from '../answer-writer';
import type { ClientResponse } from '../client-response';
import { JSON_TYPE, toAnswerHeaders, toErrorHeaders } from '../http/response-headers';
import { toErrorBody } from './errors';

/** Answers a chat request with an error of its own status, all facts in the headers. Ends the response. */
export const sendError = (response: ClientResponse, error: GatewayError, facts: AnswerFacts): void => {
  response.commit(REFUSALS[error.code].status, {
    ...toAnswerHeaders(facts),
    ...toErrorHeaders(error),
    ...JSON_TYPE,
  });
  response.write(toErrorBody(error, facts.ids));
  response.end();
};
