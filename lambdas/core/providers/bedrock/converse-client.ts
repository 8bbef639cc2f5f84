import { BedrockRuntimeClient, ConverseCommand, ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { awsClientConfig, withoutUnreadSteps } from '../../aws-client';
import type { ConnectionPool } from '../../connection-pool';
import type { CallOptions } from '../../telemetry/call-aws';
import type { Span } from '../../telemetry/ports';
import type { ConversePort } from './bedrock';
import { toFailure, VERDICTS } from './failures';

export type BedrockClientOptions = {
  env: Record<string, string | undefined>;
  region: string;
  /** The longest wait for the head of an answer; how long the answer itself may take is the caller's `signal`. */
  headTimeoutMs: number;
  /** Connections of its own unless given. */
  pool?: ConnectionPool;
};

/**
 * One attempt per call: retries are dispatched, each under a hold of its own. The SDK's retry step is overridden by
 * nothing, for it costs time on every call and rewrites errors even when it does not retry; its place in the stack
 * stays, because signing is placed after it.
 */
export const createBedrockClient = ({
  region,
  headTimeoutMs,
  ...options
}: BedrockClientOptions): BedrockRuntimeClient => {
  const config = awsClientConfig({ ...options, maxAttempts: 1, requestTimeoutMs: headTimeoutMs });
  const client = withoutUnreadSteps(new BedrockRuntimeClient({ ...config, region }));
  client.middlewareStack.add((next) => (args) => next(args), {
    name: 'retryMiddleware',
    step: 'finalizeRequest',
    priority: 'high',
    override: true,
  });
  return client;
};

/** Bedrock through the SDK. */
export const createConverseClient = (client: BedrockRuntimeClient): ConversePort => ({
  async stream(request, signal, span) {
    const output = await client.send(new ConverseStreamCommand(request), toOptions(signal, span));
    span?.answered(output.$metadata);
    const { stream } = output;
    if (!stream) throw toFailure(VERDICTS.unreadable, 'Bedrock answered ConverseStream without a stream.');
    return stream;
  },
  async whole(request, signal, span) {
    const output = await client.send(new ConverseCommand(request), toOptions(signal, span));
    span?.answered({ ...output.$metadata, operation: 'Converse' });
    return output;
  },
});

const toOptions = (abortSignal: AbortSignal, span: Span | undefined): CallOptions => ({
  abortSignal,
  ...(span?.recording && { traceHeader: span.header() }),
});
