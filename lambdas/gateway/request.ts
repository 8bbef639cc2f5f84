/** One HTTP request, read from the API Gateway event once. */
export type GatewayRequest = {
  method: string;
  path: string;
  /** Lower-case names; the last value of a repeated header. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  ids: RequestIds;
  /** Milliseconds since the epoch at which the handler got the event. */
  receivedAt: number;
  /** Milliseconds left to the invocation. */
  remainingMs(): number;
  /** The first request of this execution environment. */
  coldStart: boolean;
};

/** The ids of a request; all but `requestId` are the client's when it sent valid ones. */
export type RequestIds = {
  /** Made by the gateway, unique: the key of the ledger record. */
  requestId: string;
  /** Returned as `X-Request-ID`: the client's, else `requestId`. */
  clientRequestId: string;
  /** Defaults to `clientRequestId`. */
  correlationId: string;
  sessionId: string | undefined;
};
