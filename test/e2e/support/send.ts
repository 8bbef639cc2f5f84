import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { text } from 'node:stream/consumers';

export type Sent = {
  method?: string;
  path: string;
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
};

export type Reply = { status: number; headers: IncomingHttpHeaders; body: string };

/** Sends one request as it is, body length included, and reads the whole answer. */
export const send = (url: string, { method = 'GET', path, headers = {}, body = '' }: Sent): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const length = body.length > 0 ? { 'content-length': Buffer.byteLength(body) } : {};
    const sent = request({ hostname, port, method, path, headers: { ...length, ...headers } });
    sent.once('error', reject);
    sent.once('response', (response) => {
      text(response).then(
        (answer) => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: answer }),
        reject,
      );
    });
    sent.end(body);
  });
