import type { ServerResponse } from 'node:http';
import { finished, pipeline } from 'node:stream/promises';
import type { Answer } from './service';

/** Writes an answer; a streamed body is passed on piece by piece, and broken off where it breaks off. */
export const writeAnswer = async (response: ServerResponse, { status, headers, body }: Answer): Promise<void> => {
  if (response.destroyed) return;
  if (Buffer.isBuffer(body)) {
    // A HEAD answer says how long the body would be.
    response.writeHead(
      status,
      response.req.method === 'HEAD' ? headers : { ...headers, 'content-length': body.length },
    );
    response.end(body);
    return;
  }
  response.writeHead(status, headers);
  // The caller must see the head before the first piece of the body is there.
  response.flushHeaders();
  // Both ends are destroyed when either breaks, which is all that can be done after the head.
  await pipeline(body, response).catch(() => response.destroy());
};

/** Cuts the connection before a byte of the answer; a streamed body is read to its end first, as if it had been sent. */
export const loseAnswer = async (response: ServerResponse, { body }: Answer): Promise<void> => {
  if (!Buffer.isBuffer(body)) {
    body.resume();
    await finished(body).catch(() => undefined);
  }
  cut(response);
};

export const cut = (response: ServerResponse): void => {
  response.req.socket.destroy();
};
