import type { Faults } from './faults/fault-rule';
import type { DecisionLog } from './iam/decision';
import type { Meter } from './meter/meter-row';
import type { Principal } from './principal';

export type Secret = { readonly arn: string; readonly name: string; readonly value: string };

export type Bucket = { readonly name: string; readonly arn: string };

export type FunctionResult = {
  readonly payload: Buffer;
  /** `Unhandled` or `Handled` when the function threw. */
  readonly functionError?: string;
};

export type AwsProxyOptions = {
  readonly region: string;
  readonly accountId: string;
  readonly principals: readonly Principal[];
  /** Where DynamoDB Local listens, started with one shared database: `http://127.0.0.1:8000`. */
  readonly dynamoEndpoint: string;
  /** Where Bedrock Runtime calls go: a simulator, or AWS with the user's own default credentials. */
  readonly bedrock: { readonly endpoint: string } | 'aws';
  readonly secrets: readonly Secret[];
  readonly buckets: readonly Bucket[];
  /** Where objects are kept. @default in memory */
  readonly dataDirectory?: string;
  /** Runs a function. Reject with `FunctionNotFound` for a name that does not exist. */
  readonly invokeFunction: (functionName: string, payload: Buffer) => Promise<FunctionResult>;
  /** @default a free port */
  readonly port?: number;
  /** Told what went wrong behind an answer already given, such as a failed asynchronous invocation. @default a process warning */
  readonly onError?: (error: unknown) => void;
};

export type AwsProxy = {
  /** `http://127.0.0.1:<port>`, for every `AWS_ENDPOINT_URL_<SERVICE>`. */
  readonly url: string;
  readonly port: number;
  readonly faults: Faults;
  readonly meter: Meter;
  readonly decisions: DecisionLog;
  /** Replaces all principals, and forgets which statements were used. */
  setPrincipals(principals: readonly Principal[]): void;
  /** Cuts what is open and resolves when the port is free. */
  close(): Promise<void>;
};

/** Starts one HTTP server on loopback that answers as every AWS service the functions call. Rejects on a taken port. */
export const startAwsProxy = async (_options: AwsProxyOptions): Promise<AwsProxy> => {
  throw new Error('The AWS proxy is being built.');
};
