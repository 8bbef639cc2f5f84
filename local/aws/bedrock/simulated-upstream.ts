import { Agent, request } from 'node:http';
import { pipeline } from 'node:stream';
import { ConnectionLost } from '../connection-lost';
import type { Answer, Incoming } from '../service';
import { type BedrockUpstream, endToEnd } from './upstream';

/** Forwards to a server that speaks Bedrock Runtime over plain HTTP/1.1. Nothing is buffered, in either direction. */
export const createSimulatedUpstream = (endpoint: string): BedrockUpstream => {
  // Node servers close idle connections after 5 s; one that is just being closed must not be taken for a new request.
  const agent = new Agent({ keepAlive: true, timeout: 2_000 });
  const { hostname, port } = new URL(endpoint);
  return {
    forward: ({ method, path, query, headers, stream, whenGone }: Incoming) =>
      new Promise<Answer>((resolve, reject) => {
        const search = query.size > 0 ? `?${query}` : '';
        const outgoing = request(
          { agent, hostname, port, method, path: path + search, headers: endToEnd(headers) },
          (incoming) =>
            resolve({ status: incoming.statusCode ?? 500, headers: endToEnd(incoming.headers), body: incoming }),
        );
        const fail = (error: Error) => reject(toFailure(error, endpoint));
        outgoing.on('error', fail);
        whenGone(() => outgoing.destroy());
        pipeline(stream, outgoing, (error) => error && fail(error));
      }),
    close: () => agent.destroy(),
  };
};

const isRefused = (error: Error): boolean => 'code' in error && error.code === 'ECONNREFUSED';

const toFailure = (error: Error, endpoint: string): Error =>
  isRefused(error)
    ? new Error(`Nothing answers at ${endpoint}, where Bedrock is expected.`, { cause: error })
    : new ConnectionLost('Bedrock broke the connection.', { cause: error });
