import { Agent, request } from 'node:http';
import * as v from 'valibot';
import { AwsError } from '../aws-error';

export type Reply = { readonly status: number; readonly headers: Record<string, string>; readonly body: Buffer };

/** DynamoDB Local, over kept-alive connections. */
export type LocalDatabase = {
  /** Sends a request as it is; `target` is the `X-Amz-Target`. Throws `AwsError` when the database does not answer. */
  send(target: string, body: Buffer): Promise<Reply>;
  /** A request of the proxy's own; resolves with the parsed answer, undefined when the database refuses. */
  ask(operation: string, input: unknown): Promise<unknown>;
  close(): void;
};

const document = v.pipe(v.string(), v.parseJson());

export const createLocalDatabase = (endpoint: string, region: string): LocalDatabase => {
  // Jetty closes idle connections after 30 s; one that is just being closed must not be taken for a new request.
  const agent = new Agent({ keepAlive: true, timeout: 10_000 });
  const { hostname, port } = new URL(endpoint);
  const headers = {
    'content-type': 'application/x-amz-json-1.0',
    // DynamoDB Local wants a well-formed signature and never checks it.
    authorization: `AWS4-HMAC-SHA256 Credential=fluxgate/20260101/${region}/dynamodb/aws4_request, SignedHeaders=host, Signature=0`,
  };

  const send = (target: string, body: Buffer): Promise<Reply> =>
    new Promise((resolve, reject) => {
      const fail = (cause: unknown) => reject(unreachable(endpoint, cause));
      const outgoing = request(
        {
          agent,
          hostname,
          port,
          method: 'POST',
          headers: { ...headers, 'x-amz-target': target, 'content-length': body.length },
        },
        (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          incoming.on('error', fail);
          incoming.on('end', () =>
            resolve({
              status: incoming.statusCode ?? 500,
              headers: kept(incoming.headers),
              body: Buffer.concat(chunks),
            }),
          );
        },
      );
      outgoing.on('error', fail);
      outgoing.end(body);
    });

  return {
    send,
    ask: async (operation, input) => {
      const reply = await send(`DynamoDB_20120810.${operation}`, Buffer.from(JSON.stringify(input)));
      return reply.status === 200 ? v.parse(document, reply.body.toString()) : undefined;
    },
    close: () => agent.destroy(),
  };
};

const KEPT_HEADERS = ['content-type', 'x-amzn-requestid', 'x-amz-crc32'];

const kept = (headers: Record<string, string | string[] | undefined>): Record<string, string> =>
  Object.fromEntries(
    KEPT_HEADERS.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value]] : [];
    }),
  );

const unreachable = (endpoint: string, cause: unknown): AwsError =>
  new AwsError({
    code: 'InternalServerError',
    status: 500,
    message: `DynamoDB Local at ${endpoint} does not answer: ${cause instanceof Error ? cause.message : String(cause)}`,
    cause,
  });
