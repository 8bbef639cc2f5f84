import { holdsSecret } from '../telemetry/redaction/redact';

/** The ids of a request; all but `requestId` are the client's when it sent valid ones. */
export type RequestIds = {
  /** Made by the gateway, unique: the key of the ledger record. */
  requestId: string;
  /** Returned as `X-Request-ID`: the client's, else `requestId`. */
  clientRequestId: string;
  /** Defaults to `clientRequestId`. */
  correlationId: string;
  sessionId: string | undefined;
  /** The session id is the client's. */
  sessionNamed?: true;
};

// Anything else could forge log lines or headers, so it is treated as not sent.
const VALID_ID = /^[A-Za-z0-9._:-]{1,128}$/;

/** Ids stand in records, logs and traces as they are: one that holds a key or a person's number is treated as not sent. */
const validId = (id: string | undefined): string | undefined =>
  id !== undefined && VALID_ID.test(id) && !holdsSecret(id) ? id : undefined;

/**
 * The ids of one request, from its headers (lower-case names). An id that is absent or invalid is made with `newId`;
 * the session id too, so that a client can pick up the one it was given.
 */
export const readRequestIds = (headers: Readonly<Record<string, string>>, newId: () => string): RequestIds => {
  const requestId = newId();
  const clientRequestId = validId(headers['x-request-id']) ?? requestId;
  const sessionId = validId(headers['x-session-id']);
  return {
    requestId,
    clientRequestId,
    correlationId: validId(headers['x-correlation-id']) ?? clientRequestId,
    sessionId: sessionId ?? newId(),
    ...(sessionId !== undefined && { sessionNamed: true }),
  };
};

/** The headers that return the ids: on every answer, also on errors. */
export const toIdHeaders = (ids: RequestIds): Record<string, string> => ({
  'x-request-id': ids.clientRequestId,
  'x-fluxgate-request-id': ids.requestId,
  'x-correlation-id': ids.correlationId,
  ...(ids.sessionId === undefined ? {} : { 'x-session-id': ids.sessionId }),
});
