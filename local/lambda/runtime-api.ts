import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Invocation } from './invocation';

/** What an execution environment tells through its Runtime API. */
export type RuntimeEvents = {
  /** It waits for an invocation. */
  polled(): void;
  /** It posts a response; the bytes are still coming. */
  responding(requestId: string, post: IncomingMessage): void;
  /** The handler failed; `json` is the error. */
  failed(requestId: string, json: Buffer): void;
  /** The module could not be loaded. */
  initFailed(json: Buffer): void;
};

export type Delivery = Invocation & { readonly functionArn: string; readonly deadlineMs: number };

export type RuntimeApi = {
  /** The value of `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  /** Answers the waiting poll. */
  deliver(delivery: Delivery): void;
  close(): void;
};

/** Starts the Runtime API of one execution environment: real environments each see their own, too. */
export const startRuntimeApi = async (events: RuntimeEvents): Promise<RuntimeApi> => {
  let poll: ServerResponse | undefined;
  const routes = toRoutes(events, (response) => {
    poll = response;
  });
  const server = createServer({ keepAliveTimeout: 0, requestTimeout: 0 }, (request, response) => {
    // A killed environment resets its connections; its exit is what is acted upon.
    request.on('error', () => undefined);
    route(routes, request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The Runtime API got no port.');

  return {
    address: `127.0.0.1:${address.port}`,
    deliver: (delivery) => {
      poll?.writeHead(200, toHeaders(delivery)).end(delivery.payload);
      poll = undefined;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};

const toRoutes = (events: RuntimeEvents, keepPoll: (response: ServerResponse) => void): readonly Route[] => [
  {
    path: /^\/2018-06-01\/runtime\/invocation\/next$/,
    handle: ({ response }) => {
      keepPoll(response);
      events.polled();
    },
  },
  {
    path: /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/response$/,
    handle: ({ request, response, id }) => {
      request.once('end', () => accept(response));
      events.responding(id, request);
    },
  },
  {
    path: /^\/2018-06-01\/runtime\/invocation\/([^/]+)\/error$/,
    handle: async ({ request, response, id }) => {
      events.failed(id, await buffer(request));
      accept(response);
    },
  },
  {
    path: /^\/2018-06-01\/runtime\/init\/error$/,
    handle: async ({ request, response }) => {
      events.initFailed(await buffer(request));
      accept(response);
    },
  },
];

type Exchange = { request: IncomingMessage; response: ServerResponse; id: string };
type Route = { path: RegExp; handle(exchange: Exchange): void | Promise<void> };

const route = (routes: readonly Route[], request: IncomingMessage, response: ServerResponse): void => {
  for (const { path, handle } of routes) {
    const match = path.exec(request.url ?? '');
    if (match === null) continue;
    Promise.resolve(handle({ request, response, id: match[1] ?? '' })).catch(() => response.destroy());
    return;
  }
  response.writeHead(404).end();
};

const accept = (response: ServerResponse): void => {
  response.writeHead(202, { 'Content-Type': 'application/json' }).end('{"status":"OK"}');
};

const toHeaders = ({ requestId, deadlineMs, functionArn, traceHeader }: Delivery): Record<string, string> => ({
  'Content-Type': 'application/json',
  'Lambda-Runtime-Aws-Request-Id': requestId,
  'Lambda-Runtime-Deadline-Ms': String(deadlineMs),
  'Lambda-Runtime-Invoked-Function-Arn': functionArn,
  'Lambda-Runtime-Trace-Id': traceHeader,
});
