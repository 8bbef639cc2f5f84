import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { send } from '../../e2e/support/send';

/** Stands between a scraper and the gateway, so that nothing is scraped while values change. */
export type ScrapeGate = {
  /** Host and port, for the scraper. */
  readonly target: string;
  open(): void;
  /** Resolves when no scrape is under way any more. Until it is opened again, scrapes fail. */
  close(): Promise<void>;
  stop(): Promise<void>;
};

/** Headers of an answer that hold for one connection only. */
const OF_THE_CONNECTION = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);

/** A gate in front of the gateway at `url`, closed at first. It asks for the values of now, not of a moment ago. */
export const startScrapeGate = async (url: string): Promise<ScrapeGate> => {
  let isOpen = false;
  const underWay = new Set<Promise<void>>();

  const forward = async ({ url: path = '/', headers }: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { authorization, accept } = headers;
    const asked = { accept, 'cache-control': 'no-cache', ...(authorization === undefined ? {} : { authorization }) };
    const answer = await send(url, { path, headers: asked });
    const kept = Object.entries(answer.headers).filter(([name]) => !OF_THE_CONNECTION.has(name));
    response.writeHead(answer.status, Object.fromEntries(kept)).end(answer.body);
  };

  const server = createServer((request, response) => {
    if (!isOpen) {
      response.writeHead(503).end('Values are changing.');
      return;
    }
    const scrape = forward(request, response).catch((error: unknown) => {
      response.writeHead(502).end(String(error));
    });
    underWay.add(scrape);
    scrape.finally(() => underWay.delete(scrape));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The gate has no port.');
  return {
    target: `127.0.0.1:${address.port}`,
    open: () => {
      isOpen = true;
    },
    close: async () => {
      isOpen = false;
      await Promise.all(underWay);
    },
    stop: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
};
