import type { APIGatewayProxyResult } from 'aws-lambda';
import { type GatewayError, REFUSALS } from '../errors';
import { type RequestIds, toIdHeaders } from './request-ids';

/** An error as a buffered route answers it: in the API's shape, with the request's ids. */
export const toErrorResult = (error: GatewayError, ids: RequestIds): APIGatewayProxyResult => {
  const { status, type } = REFUSALS[error.code];
  const { message, code, param = null, retryAfterSeconds } = error;
  return {
    statusCode: status,
    headers: {
      ...toIdHeaders(ids),
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }),
    },
    body: JSON.stringify({ error: { message, type, param, code, correlation_id: ids.correlationId } }),
  };
};
