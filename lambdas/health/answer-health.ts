import type { APIGatewayProxyEvent, APIGatewayProxyResult } from 'aws-lambda';
import { readHeaders } from '../core/http/read-headers';
import { readRequestIds, toIdHeaders } from '../core/http/request-ids';

type HealthEvent = Pick<APIGatewayProxyEvent, 'headers' | 'multiValueHeaders'>;
type HealthDeps = { version: string; now: () => Date; newId: () => string };

/** Answers `GET /health`: that the function runs, and which version. It asks nothing of anybody else. */
export const createAnswerHealth =
  ({ version, now, newId }: HealthDeps) =>
  async (event: HealthEvent): Promise<APIGatewayProxyResult> => ({
    statusCode: 200,
    headers: {
      ...toIdHeaders(readRequestIds(readHeaders(event), newId)),
      'content-type': 'application/json; charset=utf-8',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    body: JSON.stringify({ status: 'healthy', version, timestamp: now().toISOString() }),
  });
