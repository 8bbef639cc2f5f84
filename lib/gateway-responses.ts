import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';
import { REFUSALS, type RefusalCode } from '../lambdas/core/errors';

/** What only API Gateway answers; `status` and `type` as in REFUSALS. */
const EDGE_REFUSALS = {
  edge_throttled: { status: 429, type: 'rate_limit_error' },
  edge_refused: { status: undefined, type: 'invalid_request_error' },
  edge_forbidden: { status: 403, type: 'permission_error' },
  edge_failed: { status: undefined, type: 'server_error' },
  edge_timeout: { status: 504, type: 'server_error' },
} as const;

type EdgeAnswer = {
  responseType: ResponseType;
  code: RefusalCode | keyof typeof EDGE_REFUSALS;
  message: string;
  retryAfterSeconds?: number;
};

const noRoute = { code: 'unknown_route', message: 'There is no such route, or it does not take this method.' } as const;
const throttled = {
  code: 'edge_throttled',
  message: 'Too many requests reach this gateway at once. Wait, then try again.',
  retryAfterSeconds: 1,
} as const;
const refused = { code: 'edge_refused', message: 'The request was refused before it reached the gateway.' } as const;
const forbidden = { code: 'edge_forbidden', message: 'Requests from this place are not allowed.' } as const;
const failed = {
  code: 'edge_failed',
  message: 'The gateway did not answer. Try again; if it stays, quote the id.',
} as const;

/** A status that is `undefined` stays what API Gateway gives it. */
export const EDGE_ANSWERS: readonly EdgeAnswer[] = [
  { responseType: ResponseType.MISSING_AUTHENTICATION_TOKEN, ...noRoute },
  { responseType: ResponseType.RESOURCE_NOT_FOUND, ...noRoute },
  {
    responseType: ResponseType.REQUEST_TOO_LARGE,
    code: 'request_too_large',
    message: 'The request is larger than the gateway can take (about 6 MB). Send less, or smaller images.',
  },
  {
    responseType: ResponseType.UNSUPPORTED_MEDIA_TYPE,
    code: 'unsupported_media_type',
    message: 'Send the body as application/json.',
  },
  { responseType: ResponseType.THROTTLED, ...throttled },
  { responseType: ResponseType.QUOTA_EXCEEDED, ...throttled },
  { responseType: ResponseType.ACCESS_DENIED, ...forbidden },
  { responseType: ResponseType.WAF_FILTERED, ...forbidden },
  {
    responseType: ResponseType.INTEGRATION_TIMEOUT,
    code: 'edge_timeout',
    message: 'The gateway took longer than a request may. Ask for less output, or stream it.',
  },
  { responseType: ResponseType.INTEGRATION_FAILURE, ...failed },
  { responseType: ResponseType.DEFAULT_4XX, ...refused },
  { responseType: ResponseType.DEFAULT_5XX, ...failed },
];

/** API Gateway knows no client's ids here: every id that the API returns is its own. */
const ID_HEADERS = ['X-Request-ID', 'X-Correlation-ID', 'X-Session-ID', 'X-Fluxgate-Request-ID'];

const toTemplate = (error: Record<string, string | null>): string =>
  JSON.stringify({ error: { ...error, correlation_id: '$context.requestId' } });

/** Lets API Gateway's own answers speak the API's error shape, with ids. Their templates substitute; they do not compute. */
export const addGatewayResponses = (api: RestApi): void => {
  for (const { responseType, code, message, retryAfterSeconds } of EDGE_ANSWERS) {
    const { status, type } = { ...REFUSALS, ...EDGE_REFUSALS }[code];
    api.addGatewayResponse(responseType.responseType, {
      type: responseType,
      statusCode: status?.toString(),
      responseHeaders: {
        ...Object.fromEntries(ID_HEADERS.map((name) => [name, 'context.requestId'])),
        ...(retryAfterSeconds ? { 'Retry-After': `'${retryAfterSeconds}'` } : {}),
      },
      templates: { 'application/json': toTemplate({ message, type, param: null, code }) },
    });
  }
};
