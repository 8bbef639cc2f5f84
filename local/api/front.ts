import { createServer, type RequestListener } from 'node:http';

/** The port of the local machine. Whoever asks before `serve` is told to wait. */
export type Front = {
  readonly port: number;
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  serve(listener: RequestListener): void;
  /** Cuts what is open and resolves when the port is free. */
  close(): Promise<void>;
};

/** Another process listens on the port. */
export class PortTaken extends Error {
  override readonly name = 'PortTaken';
}

const HOST = '127.0.0.1';

/** Claims a port of loopback before anything else is started. Rejects with `PortTaken`. */
export const openFront = (port: number): Promise<Front> => {
  let listener: RequestListener = (request, response) => {
    request.resume();
    response.writeHead(503, { 'Content-Type': 'application/json', 'Retry-After': '1' });
    response.end('{"message":"The local machine is still starting."}');
  };
  const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 0 }, (request, response) =>
    listener(request, response),
  );
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(toFrontError(error, port)));
    server.listen(port, HOST, () => {
      const address = server.address();
      const actual = typeof address === 'object' && address !== null ? address.port : port;
      const serve = (next: RequestListener) => {
        listener = next;
      };
      resolve({ port: actual, url: `http://${HOST}:${actual}`, serve, close });
    });
  });
};

const toFrontError = (error: NodeJS.ErrnoException, port: number): Error =>
  error.code === 'EADDRINUSE' || error.code === 'EACCES'
    ? new PortTaken(`Port ${port} is taken: stop what listens there, or choose another with --port.`, { cause: error })
    : error;
