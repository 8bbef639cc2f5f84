import type { GatewayResponse } from './gateway-response';

/** What stands behind a method: always a Lambda proxy integration. */
export type Integration = {
  readonly functionName: string;
  /** Bytes go to the client as the function writes them. */
  readonly streamed: boolean;
  readonly timeoutMs: number;
};

/** A resource of the API with its methods. */
export type Route = {
  readonly resourceId: string;
  /** `/v1/{proxy+}` */
  readonly path: string;
  readonly segments: readonly string[];
  /** By method, `ANY` among them. */
  readonly methods: Readonly<Record<string, Integration>>;
};

export type Throttle = { readonly ratePerSecond: number; readonly burst: number };

export type Stage = {
  readonly name: string;
  readonly tracing: boolean;
  readonly accessLogFormat: string | undefined;
  readonly throttle: Throttle | undefined;
};

/** The REST API of the stack. */
export type RestApi = {
  readonly id: string;
  readonly name: string;
  readonly accountId: string;
  readonly stage: Stage;
  readonly binaryMediaTypes: readonly string[];
  readonly routes: readonly Route[];
  /** By response type. */
  readonly gatewayResponses: Readonly<Record<string, GatewayResponse>>;
};
