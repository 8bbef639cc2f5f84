import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { GatewayError, REFUSALS } from '../core/errors';
import { readHeaders } from '../core/http/read-headers';
import { type RequestIds, readRequestIds, toIdHeaders } from '../core/http/request-ids';
import { toErrorResult } from '../core/http/to-error-result';
import type { Caller } from '../core/keys/account';
import type { Authenticate } from '../core/keys/authenticate';
import { TELEMETRY_ROUTE } from '../core/platform/measure-platform';
import { digestOf } from '../core/platform/report-id';
import type { Log } from '../core/telemetry/ports';
import type { createAcceptReport, Receipt } from './accept-report';
import { readReport } from './read-report';

export type AnswerTelemetryDeps = {
  authenticate: Authenticate;
  accept: ReturnType<typeof createAcceptReport>;
  log: Log;
  newId: () => string;
  /** Milliseconds since the epoch. */
  now: () => number;
};

type Event = Pick<APIGatewayProxyEvent, 'headers' | 'multiValueHeaders' | 'body' | 'isBase64Encoded'>;

/** Answers POST /v1/telemetry, to keys that have the scope for it. Never rejects. */
export const createAnswerTelemetry = ({ authenticate, accept, log, newId, now }: AnswerTelemetryDeps) => {
  const takeIn = async (event: Event, headers: Record<string, string>, ids: RequestIds): Promise<Receipt> => {
    const receivedAt = now();
    const caller = await authenticate(headers.authorization);
    requireScope(caller);
    const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
    const report = readReport({ headers, body });
    return accept(report, { caller, correlationId: ids.correlationId, receivedAt, digest: digestOf(body) });
  };

  const refuse = (error: GatewayError, ids: RequestIds): APIGatewayProxyResult => {
    const { status } = REFUSALS[error.code];
    const fields = { method: 'POST', endpoint: TELEMETRY_ROUTE, status_code: status, error_code: error.code };
    log.event('request_error', { ...ids, traceId: undefined }, fields, error);
    return toErrorResult(error, ids);
  };

  return async (event: Event, _invocation?: Context): Promise<APIGatewayProxyResult> => {
    const headers = readHeaders(event);
    const ids = readRequestIds(headers, newId);
    try {
      return toResult(await takeIn(event, headers, ids), ids);
    } catch (error) {
      return refuse(toGatewayError(error), ids);
    }
  };
};

const requireScope = ({ key }: Caller): void => {
  if (key.scopes.includes('telemetry')) return;
  throw new GatewayError('missing_scope', 'This key may not report telemetry. Create one with the scope "telemetry".');
};

const toResult = ({ repeated, ...receipt }: Receipt, ids: RequestIds): APIGatewayProxyResult => ({
  statusCode: repeated ? 200 : 202,
  headers: {
    ...toIdHeaders(ids),
    'content-type': 'application/json',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  },
  body: JSON.stringify(receipt),
});

const toGatewayError = (error: unknown): GatewayError =>
  error instanceof GatewayError
    ? error
    : new GatewayError(
        'internal_error',
        'The report could not be taken in. Quote the request id when you report this.',
        {
          cause: error,
        },
      );
