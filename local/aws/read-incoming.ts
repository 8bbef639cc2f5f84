import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Incoming } from './service';

export const readIncoming = (request: IncomingMessage, response: ServerResponse): Incoming => {
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  let body: Promise<Buffer> | undefined;
  return {
    method: request.method ?? 'GET',
    path: mark < 0 ? url : url.slice(0, mark),
    query: new URLSearchParams(mark < 0 ? '' : url.slice(mark)),
    headers: request.headers,
    stream: request,
    readBody: () => {
      body ??= buffer(request);
      return body;
    },
    whenGone: (callback) => {
      response.once('close', () => {
        if (!response.writableFinished) callback();
      });
    },
  };
};
