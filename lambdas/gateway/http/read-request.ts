import type { APIGatewayProxyEvent, Context } from 'aws-lambda';
import { readHeaders } from '../../core/http/read-headers';
import { readRequestIds } from '../../core/http/request-ids';
import type { GatewayRequest } from '../request';

type Invocation = Pick<Context, 'getRemainingTimeInMillis'>;
type ProxyEvent = Pick<
  APIGatewayProxyEvent,
  'httpMethod' | 'path' | 'headers' | 'multiValueHeaders' | 'body' | 'isBase64Encoded'
> & { requestContext?: { identity?: { sourceIp?: string } } };

const readBody = ({ body, isBase64Encoded }: ProxyEvent): Buffer =>
  Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8');

/**
 * Reads API Gateway's event into a request. Never throws: what is wrong with a body is told by `checkBody` and the
 * dialect, once there are ids to answer with. Keep one reader per execution environment: it knows the cold start.
 */
export const createReadRequest = ({ now, newId }: { now: () => number; newId: () => string }) => {
  let coldStart = true;
  return (event: ProxyEvent, context: Invocation): GatewayRequest => {
    const headers = readHeaders(event);
    const request: GatewayRequest = {
      method: event.httpMethod.toUpperCase(),
      path: event.path,
      headers,
      body: readBody(event),
      clientAddress: event.requestContext?.identity?.sourceIp,
      ids: readRequestIds(headers, newId),
      receivedAt: now(),
      remainingMs: () => context.getRemainingTimeInMillis(),
      coldStart,
    };
    coldStart = false;
    return request;
  };
};
