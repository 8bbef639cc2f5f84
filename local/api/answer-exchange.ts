import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Functions, RequestTooLarge } from '../lambda/functions';
import type { Reply } from '../lambda/invocation';
import { readReply } from '../lambda/read-reply';
import { type Exchange, toContextVariables } from './exchange';
import { type ResponseType, toOwnAnswer } from './gateway-response';
import { type IntegrationHead, toResponseHeaders } from './headers';
import { readBufferedAnswer, readStreamedHead } from './integration-answer';
import type { Matched } from './match-route';
import { toProxyEvent } from './proxy-event';
import { readBody } from './read-body';
import { type Relayed, relay } from './relay';
import type { RestApi } from './rest-api';
import type { Take } from './throttle';

export type AnswerDeps = {
  readonly api: RestApi;
  readonly functions: Pick<Functions, 'invoke'>;
  readonly take: Take;
  /** Told why a function's answer could not be used: the client only hears "Internal server error". */
  readonly onFailure: (functionName: string, error: unknown) => void;
};

/** What an answered request was, for the access log and the trace. */
export type Answered = Relayed & {
  readonly ownAnswer: ResponseType | undefined;
  readonly functionMs: number | undefined;
};

type Ours = { readonly request: IncomingMessage; readonly response: ServerResponse; readonly exchange: Exchange };

/** Answers one request as API Gateway would. Rejects only when the client left before it had sent its request. */
export const answerExchange = async (deps: AnswerDeps, ours: Ours): Promise<Answered> => {
  const { request, exchange } = ours;
  const { matched } = exchange;
  if (matched === undefined) return answerByItself(deps, ours, 'MISSING_AUTHENTICATION_TOKEN');
  if (!deps.take()) return answerByItself(deps, ours, 'THROTTLED');
  const body = await readBody(request);
  if (body === undefined) return answerByItself(deps, ours, 'REQUEST_TOO_LARGE');

  const event = toProxyEvent({ api: deps.api, exchange, matched, rawHeaders: request.rawHeaders, body });
  const startedAt = performance.now();
  const outcome = await integrate(deps, ours, matched, Buffer.from(JSON.stringify(event)));
  const functionMs = performance.now() - startedAt;
  if (typeof outcome === 'string') return { ...(await answerByItself(deps, ours, outcome)), functionMs };
  return { ...outcome, ownAnswer: undefined, functionMs };
};

const answerByItself = async (deps: AnswerDeps, ours: Ours, type: ResponseType): Promise<Answered> => {
  const { request, response, exchange } = ours;
  const variables = toContextVariables(deps.api, exchange);
  const { status, headers, body } = toOwnAnswer(type, deps.api.gatewayResponses, variables);
  request.resume();
  response.writeHead(status, { ...ownHeaders(exchange), ...headers });
  response.end(body);
  return { bytes: Buffer.byteLength(body), ownAnswer: type, functionMs: undefined };
};

/** Runs the function and passes its answer on; names what API Gateway answers in its stead when that cannot be. */
const integrate = async (
  deps: AnswerDeps,
  ours: Ours,
  { integration }: Matched,
  payload: Buffer,
): Promise<Relayed | ResponseType> => {
  const { functionName, streamed, timeoutMs } = integration;
  const answering = deps.functions
    .invoke({ functionName, payload, traceHeader: ours.exchange.traceHeader })
    .then((reply) => (streamed ? beginStream(reply) : readWhole(reply)));
  const timeout = createTimeout(timeoutMs);
  try {
    const answer = await Promise.race([answering, timeout.passed]);
    if (answer === 'passed') {
      // The function is not told: it goes on, and what it says is dropped.
      answering.then(({ body }) => drop(body)).catch(() => undefined);
      return 'INTEGRATION_TIMEOUT';
    }
    return await sendAnswer(ours, answer, timeout.passed);
  } catch (error) {
    if (error instanceof RequestTooLarge) return 'REQUEST_TOO_LARGE';
    deps.onFailure(functionName, error);
    return 'BAD_INTEGRATION_RESPONSE';
  } finally {
    timeout.clear();
  }
};

type Answer = { readonly head: IntegrationHead; readonly body: Buffer | Reply['body'] };

const beginStream = async (reply: Reply): Promise<Answer> => {
  if (reply.functionError !== undefined || !reply.streamed) {
    const { payload } = await readReply(reply);
    throw new Error(`The function did not stream: ${payload.toString('utf8').slice(0, 1000)}`);
  }
  const head = await readStreamedHead(reply.body).catch((error: unknown) => {
    reply.body.resume();
    throw error;
  });
  return { head, body: reply.body };
};

const readWhole = async (reply: Reply): Promise<Answer> => {
  const { payload, functionError } = await readReply(reply);
  if (functionError === undefined) return readBufferedAnswer(payload);
  throw new Error(`The function failed: ${payload.toString('utf8').slice(0, 1000)}`);
};

const sendAnswer = async ({ response, exchange }: Ours, { head, body }: Answer, late: Promise<'passed'>) => {
  try {
    response.writeHead(head.statusCode, { ...ownHeaders(exchange), ...toResponseHeaders(head) });
  } catch (error) {
    drop(body);
    throw error;
  }
  if (Buffer.isBuffer(body)) {
    response.end(body);
    return { bytes: body.length };
  }
  response.flushHeaders();
  void late.then(() => response.destroy());
  return relay(body, response);
};

/** A body that nobody reads holds up its function. */
const drop = (body: Answer['body']): void => {
  if (!Buffer.isBuffer(body)) body.resume();
};

const ownHeaders = ({ requestId, extendedRequestId, traceHeader }: Exchange): Record<string, string> => ({
  'x-amzn-RequestId': requestId,
  'x-amz-apigw-id': extendedRequestId,
  'X-Amzn-Trace-Id': traceHeader,
});

const createTimeout = (milliseconds: number) => {
  let timer: NodeJS.Timeout | undefined;
  const passed = new Promise<'passed'>((resolve) => {
    timer = setTimeout(() => resolve('passed'), milliseconds).unref();
  });
  return { passed, clear: () => clearTimeout(timer) };
};
