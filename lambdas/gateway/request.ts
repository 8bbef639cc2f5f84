import type { RequestIds } from '../core/http/request-ids';

export type { RequestIds };

/** One HTTP request, read from the API Gateway event once. */
export type GatewayRequest = {
  method: string;
  path: string;
  /** Lower-case names; the last value of a repeated header. */
  headers: Readonly<Record<string, string>>;
  body: Buffer;
  /** The network address that the request came from. */
  clientAddress?: string;
  ids: RequestIds;
  /** Milliseconds since the epoch at which the handler got the event. */
  receivedAt: number;
  /** Milliseconds left to the invocation. */
  remainingMs(): number;
  /** The first request of this execution environment. */
  coldStart: boolean;
};
