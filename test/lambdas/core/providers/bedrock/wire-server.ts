import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { EventStreamCodec } from '@smithy/core/event-streams';
import { fromUtf8, toUtf8 } from '@smithy/core/serde';

export type Received = { path: string; headers: IncomingMessage['headers']; body: unknown; socket: Socket };
export type Exchange = { request: Received; response: ServerResponse };

const codec = new EventStreamCodec(toUtf8, fromUtf8);

const frameOf = (headers: Record<string, string>, body: string): Uint8Array =>
  codec.encode({
    headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, { type: 'string', value }])),
    body: fromUtf8(body),
  });

/** One event of a stream; `payload` is JSON text or what becomes it. */
export const frame = (type: string, payload: object | string): Uint8Array =>
  frameOf(
    { ':message-type': 'event', ':event-type': type, ':content-type': 'application/json' },
    typeof payload === 'string' ? payload : JSON.stringify(payload),
  );

/** An error within a stream that has begun with status 200. */
export const exceptionFrame = (type: string): Uint8Array =>
  frameOf(
    { ':message-type': 'exception', ':exception-type': type, ':content-type': 'application/json' },
    JSON.stringify({ message: 'It failed.' }),
  );

/** The head of a stream, sent at once. */
export const beginStream = (response: ServerResponse): void => {
  response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
  response.flushHeaders();
};

export const refuse = (response: ServerResponse, status: number, type: string): void => {
  response.writeHead(status, { 'content-type': 'application/json', 'x-amzn-errortype': type });
  response.end(JSON.stringify({ message: 'It failed.' }));
};

/** A server on loopback that hands each request to the test, which answers it as it likes. */
export const startWireServer = async () => {
  const received: Received[] = [];
  let answer: (exchange: Exchange) => void | Promise<void> = ({ response }) => void response.destroy();
  const server: Server = createServer(async (message, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of message) chunks.push(chunk);
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
    const request = { path: message.url ?? '', headers: message.headers, body, socket: message.socket };
    received.push(request);
    await answer({ request, response });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address: AddressInfo | string | null = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.');
  return {
    url: `http://127.0.0.1:${address.port}`,
    received,
    /** Forgets what came before and answers from now on like this. */
    answerWith: (next: typeof answer): void => {
      received.length = 0;
      answer = next;
    },
    stop: async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};

export type WireServer = Awaited<ReturnType<typeof startWireServer>>;
