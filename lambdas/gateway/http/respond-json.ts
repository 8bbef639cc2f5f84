import { type GatewayError, REFUSALS } from '../../core/errors';
import type { ClientResponse } from '../client-response';
import type { RequestIds } from '../request';
import { type Headers, JSON_TYPE, toBaseHeaders, toErrorHeaders } from './response-headers';

type JsonAnswer = { ids: RequestIds; body: string; headers?: Headers };

const send = (response: ClientResponse, status: number, { ids, body, headers }: JsonAnswer): void => {
  response.commit(status, { ...toBaseHeaders(ids), ...headers, ...JSON_TYPE });
  response.write(body);
  response.end();
};

/** A whole successful answer that is not a chat answer. `body` is JSON text; ends the response. */
export const respondJson = (response: ClientResponse, answer: JsonAnswer): void => send(response, 200, answer);

/**
 * A refusal that never got a writer. `answer.body` is the dialect's error body, `answer.headers` what the route adds
 * (`allow`); ends the response.
 */
export const respondError = (response: ClientResponse, error: GatewayError, answer: JsonAnswer): void =>
  send(response, REFUSALS[error.code].status, { ...answer, headers: { ...answer.headers, ...toErrorHeaders(error) } });
