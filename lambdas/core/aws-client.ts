import { NodeHttpHandler } from '@smithy/node-http-handler';
import { type ConnectionPool, createConnectionPool } from './connection-pool';
import type { CallOptions } from './telemetry/call-aws';

export type AwsClientOptions = {
  /** The function's environment: Lambda puts the role's credentials there, fixed for the life of the environment. */
  env: Record<string, string | undefined>;
  /** Attempts of one call, the first included. More than 1 only where every mutation carries an id. */
  maxAttempts: number;
  /** The longest a call may take from its first byte out to its last byte in. */
  requestTimeoutMs: number;
  /** Connections of its own unless given. */
  pool?: ConnectionPool;
};

const CONNECTION_TIMEOUT_MS = 1_000;

/**
 * What every SDK client of the functions is made with: HTTP/1.1 with kept connections, bounded waits, and credentials
 * from the environment only. The Region and endpoints come from the variables that the SDK itself reads.
 */
export const awsClientConfig = ({
  env,
  maxAttempts,
  requestTimeoutMs,
  pool = createConnectionPool(),
}: AwsClientOptions) => {
  return {
    credentials: async () => readCredentials(env),
    maxAttempts,
    retryMode: 'standard',
    requestHandler: passingTraceOn(
      new NodeHttpHandler({
        connectionTimeout: CONNECTION_TIMEOUT_MS,
        requestTimeout: requestTimeoutMs,
        throwOnRequestTimeout: true,
        ...pool.agents,
      }),
    ),
  };
};

/** `traceHeader` of a call goes out as `X-Amzn-Trace-Id`, which is never part of a signature. */
const passingTraceOn = (handler: NodeHttpHandler): NodeHttpHandler => {
  const handle = handler.handle.bind(handler);
  handler.handle = (request, options: Parameters<typeof handle>[1] & CallOptions = {}) => {
    if (options.traceHeader !== undefined) request.headers['x-amzn-trace-id'] = options.traceHeader;
    return handle(request, options);
  };
  return handler;
};

/** Steps that every SDK client takes with every call and that nothing here reads: a log of nothing, and two headers. */
const UNREAD_STEPS = ['loggerMiddleware', 'getUserAgentMiddleware', 'recursionDetectionMiddleware'];

/** The same client without the steps that only cost time. */
export const withoutUnreadSteps = <C extends { middlewareStack: { remove(name: string): boolean } }>(client: C): C => {
  for (const step of UNREAD_STEPS) client.middlewareStack.remove(step);
  return client;
};

const readCredentials = (env: Record<string, string | undefined>) => {
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = env;
  if (!AWS_ACCESS_KEY_ID || !AWS_SECRET_ACCESS_KEY) {
    throw new Error(
      'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set: a function runs with its role in the environment.',
    );
  }
  return { accessKeyId: AWS_ACCESS_KEY_ID, secretAccessKey: AWS_SECRET_ACCESS_KEY, sessionToken: AWS_SESSION_TOKEN };
};
