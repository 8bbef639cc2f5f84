import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import type { AwsError } from './aws-error';
import type { ServiceName } from './faults/fault-rule';
import type { Access } from './iam/access';
import type { Principal } from './principal';

/** A request as it came in. The body is read once: either whole, or as the stream. */
export type Incoming = {
  readonly method: string;
  /** Still percent-encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly stream: IncomingMessage;
  readonly readBody: () => Promise<Buffer>;
  /** Calls back when the caller leaves before the last byte of the answer. */
  readonly whenGone: (callback: () => void) => void;
};

export type Answer = {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: Buffer | Readable;
};

/** What a fault asks of the service itself. */
export type Conduct = {
  /** To be awaited before performing, and after taking what others must not have meanwhile. */
  readonly wait: () => Promise<void>;
  /** Behave as if another transaction held the items. */
  readonly conflict: boolean;
  /** Answer with the previous versions of items. */
  readonly stale: boolean;
};

/** One call, understood and not yet performed. */
export type ServiceCall = {
  /** The API's name of the operation. */
  readonly operation: string;
  /** Every one of them must be allowed. */
  readonly accesses: readonly Access[];
  readonly tables: readonly string[];
  /** The keys that the call names, as text: see `FaultRule.keyMatch`. */
  readonly keys: readonly string[];
  /** A read that need not see the latest write. */
  readonly eventuallyConsistent: boolean;
  /** Performs the call; throws `AwsError` for what the service refuses. */
  readonly perform: (conduct: Conduct) => Promise<Answer>;
};

export type AwsService = {
  readonly name: ServiceName;
  /** Understands a request; throws `AwsError` for an operation that the proxy does not have. */
  readonly read: (incoming: Incoming, principal: Principal) => Promise<ServiceCall>;
  /** Writes an error in the service's own protocol. */
  readonly toErrorAnswer: (error: AwsError) => Answer;
  /** The service's own words for faults that every service can have. */
  readonly refusals: {
    readonly throttled: () => AwsError;
    readonly internal: (message: string) => AwsError;
    readonly denied: (message: string) => AwsError;
    readonly unknownKey: () => AwsError;
  };
};
