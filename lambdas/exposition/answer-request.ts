import type { APIGatewayProxyEvent } from 'aws-lambda';
import { GatewayError } from '../core/errors';
import { readHeaders } from '../core/http/read-headers';
import { readRequestIds, toIdHeaders } from '../core/http/request-ids';
import { toErrorResult } from '../core/http/to-error-result';
import type { Caller } from '../core/keys/account';
import type { Authenticate } from '../core/keys/authenticate';
import type { Log } from '../core/telemetry/ports';
import { type Answer, answerPage } from './http/answer-page';
import type { Page } from './http/page';
import type { QueryParameters } from './text/read-metrics-query';

export type Asked = {
  caller: Caller;
  /** Of the request, by lower-case names. */
  headers: Readonly<Record<string, string>>;
  parameters: QueryParameters;
  /** The caller wants numbers of now, not of a moment ago. */
  fresh: boolean;
};

/** What a route makes of a request whose key is good. Throws `GatewayError` for what the caller is to be told. */
export type MakePage = (asked: Asked) => Promise<Page>;

export type AnswerRequestDeps = {
  authenticate: Authenticate;
  /** By the resource of the API that is asked for. */
  routes: Readonly<Record<string, MakePage>>;
  /** How long an answer stays good. */
  cacheSeconds: number;
  log: Log;
  newId: () => string;
};

export type ExpositionEvent = Pick<
  APIGatewayProxyEvent,
  'resource' | 'headers' | 'multiValueHeaders' | 'multiValueQueryStringParameters'
>;

/** Answers the routes that show numbers. Never rejects. */
export const createAnswerRequest =
  ({ authenticate, routes, cacheSeconds, log, newId }: AnswerRequestDeps) =>
  async (event: ExpositionEvent): Promise<Answer> => {
    const headers = readHeaders(event);
    const ids = readRequestIds(headers, newId);
    try {
      const caller = await authenticate(headers.authorization);
      const makePage = routes[event.resource];
      if (makePage === undefined) throw new GatewayError('unknown_route', `There is no route ${event.resource}.`);
      const page = await makePage({
        caller,
        headers,
        parameters: event.multiValueQueryStringParameters,
        fresh: wantsFresh(headers['cache-control']),
      });
      const answer = await answerPage(page, headers, cacheSeconds);
      return { ...answer, headers: { ...toIdHeaders(ids), ...answer.headers } };
    } catch (thrown) {
      const error = toGatewayError(thrown);
      const { statusCode, headers: head, body } = toErrorResult(error, ids);
      log.event(
        'request_error',
        { ...ids, traceId: undefined },
        { endpoint: event.resource, status_code: statusCode },
        error,
      );
      return { statusCode, headers: toTexts(head), body: Buffer.from(body, 'utf8') };
    }
  };

const wantsFresh = (cacheControl = ''): boolean => /\bno-(cache|store)\b/i.test(cacheControl);

const toTexts = (headers: object = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

const toGatewayError = (error: unknown): GatewayError =>
  error instanceof GatewayError
    ? error
    : new GatewayError('internal_error', 'The numbers could not be made. Quote the request id when you report this.', {
        cause: error,
      });
