import { type IncomingHttpHeaders, type OutgoingHttpHeaders, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

export type Sent = {
  method?: string;
  path: string;
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
};

export type Reply = { status: number; headers: IncomingHttpHeaders; body: string };

/** Sends one request as it is, body length included, and reads the whole answer, unpacked if it is compressed. */
export const send = (url: string, { method = 'GET', path, headers = {}, body = '' }: Sent): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const { hostname, port } = new URL(url);
    const length = body.length > 0 ? { 'content-length': Buffer.byteLength(body) } : {};
    const sent = request({ hostname, port, method, path, headers: { ...length, ...headers } });
    sent.once('error', reject);
    sent.once('response', (response) => {
      const { statusCode: status = 0, headers: answered } = response;
      buffer(response)
        .then((bytes) => (answered['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString('utf8'))
        .then((answer) => resolve({ status, headers: answered, body: answer }), reject);
    });
    sent.end(body);
  });
