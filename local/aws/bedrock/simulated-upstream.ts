import { Agent, request } from 'node:http';
import { pipeline } from 'node:stream';
import { ConnectionLost } from '../connection-lost';
import type { Answer, Incoming } from '../service';
import { type BedrockUpstream, endToEnd } from './upstream';

/** Forwards to a server that speaks Bedrock Runtime over plain HTTP/1.1. Nothing is buffered, in either direction. */
export const createSimulatedUpstream = (endpoint: string): BedrockUpstream => {
  const agent = new Agent({ keepAlive: true });
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
        outgoing.on('error', (cause) => reject(new ConnectionLost('The simulator closed the connection.', { cause })));
        whenGone(() => outgoing.destroy());
        pipeline(stream, outgoing, (error) => error && reject(error));
      }),
    close: () => agent.destroy(),
  };
};
