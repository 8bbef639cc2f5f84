import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';

export type Relayed = { readonly bytes: number };

/** API Gateway ends a Regional stream that is silent for so long. */
const IDLE_LIMIT_MS = 5 * 60_000;

/**
 * Passes a body on to the client as fast as the client takes it. A client that leaves is not the function's concern: the
 * body is then read to its end and dropped. A function that dies midway cuts the client off. Never rejects.
 */
export const relay = (body: Readable, response: ServerResponse): Promise<Relayed> =>
  new Promise((resolve) => {
    let bytes = 0;
    const idle = setTimeout(() => response.destroy(), IDLE_LIMIT_MS).unref();
    const settle = () => {
      clearTimeout(idle);
      resolve({ bytes });
    };
    response.on('drain', () => body.resume());
    response.on('close', () => body.resume());
    response.on('error', () => undefined);
    body.on('data', (chunk: Buffer) => {
      idle.refresh();
      if (response.destroyed) return;
      bytes += chunk.length;
      if (!response.write(chunk)) body.pause();
    });
    body.once('error', () => {
      response.destroy();
      settle();
    });
    body.once('end', () => {
      response.end();
      settle();
    });
    body.resume();
  });
