import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { createSegmentId, readTraceHeader, type TraceHeader, toTraceHeader } from '../xray/trace-header';
import type { ContextVariables } from './context-variables';
import type { Matched } from './match-route';
import type { RestApi } from './rest-api';

/** One request as the API sees it, before any function does. */
export type Exchange = {
  readonly requestId: string;
  readonly extendedRequestId: string;
  readonly method: string;
  /** As the client sent it, without the query. */
  readonly path: string;
  readonly query: string;
  readonly sourceIp: string;
  readonly userAgent: string | undefined;
  readonly domainName: string;
  readonly receivedAt: Date;
  readonly matched: Matched | undefined;
  /** What came in. */
  readonly incomingTrace: TraceHeader;
  /** The API's own segment, when it traces. */
  readonly segmentId: string | undefined;
  /** What the function and the client are given. */
  readonly traceHeader: string;
};

export const beginExchange = (api: RestApi, request: IncomingMessage, match: Match): Exchange => {
  const method = request.method ?? 'GET';
  const [path = '/', query = ''] = (request.url ?? '/').split(/\?(.*)/s);
  const incomingTrace = readTraceHeader(headerOf(request, 'x-amzn-trace-id'));
  const segmentId = api.stage.tracing ? createSegmentId() : undefined;
  const outgoing =
    segmentId === undefined
      ? incomingTrace
      : { root: incomingTrace.root, parent: segmentId, sampled: incomingTrace.sampled ?? true };
  return {
    requestId: randomUUID(),
    extendedRequestId: `${randomBytes(11).toString('base64url')}=`,
    method,
    path,
    query,
    sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
    userAgent: headerOf(request, 'user-agent'),
    domainName: headerOf(request, 'host') ?? 'localhost',
    receivedAt: new Date(),
    matched: match(method, path),
    incomingTrace,
    segmentId,
    traceHeader: toTraceHeader(outgoing),
  };
};

type Match = (method: string, path: string) => Matched | undefined;

const headerOf = (request: IncomingMessage, name: string): string | undefined => {
  const value = request.headers[name];
  return Array.isArray(value) ? value.at(-1) : value;
};

/** What is known of a request as soon as it is there. */
export const toContextVariables = (api: RestApi, exchange: Exchange): ContextVariables => ({
  accountId: api.accountId,
  apiId: api.id,
  domainName: exchange.domainName,
  extendedRequestId: exchange.extendedRequestId,
  httpMethod: exchange.method,
  'identity.sourceIp': exchange.sourceIp,
  'identity.userAgent': exchange.userAgent,
  'integration.responseTransferMode':
    exchange.matched === undefined ? undefined : exchange.matched.integration.streamed ? 'STREAM' : 'BUFFERED',
  path: exchange.path,
  protocol: 'HTTP/1.1',
  requestId: exchange.requestId,
  requestTime: toRequestTime(exchange.receivedAt),
  requestTimeEpoch: String(exchange.receivedAt.getTime()),
  resourceId: exchange.matched?.route.resourceId,
  resourcePath: exchange.matched?.route.path,
  stage: api.stage.name,
  xrayTraceId: exchange.incomingTrace.root,
});

const MONTHS = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `09/Apr/2026:12:34:56 +0000` */
export const toRequestTime = (date: Date): string => {
  const [year, , day] = date.toISOString().slice(0, 10).split('-');
  return `${day}/${MONTHS[date.getUTCMonth()]}/${year}:${date.toISOString().slice(11, 19)} +0000`;
};
