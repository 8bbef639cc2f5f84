import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** A bucket over HTTP: as much of S3 as listing in pages, reading and removing objects takes. */
export const startFakeS3 = async (objects: Map<string, string>, pageSize = 2) => {
  const requests: string[] = [];

  const list = (url: URL, response: ServerResponse): void => {
    const after = url.searchParams.get('continuation-token') ?? '';
    const keys = [...objects.keys()].sort().filter((key) => key > after);
    const page = keys.slice(0, pageSize);
    const more = keys.length > page.length;
    response.setHeader('content-type', 'application/xml');
    response.end(
      `<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${page
        .map((key) => `<Contents><Key>${key}</Key></Contents>`)
        .join('')}${more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''}</ListBucketResult>`,
    );
  };

  const serve = (method: string, key: string, response: ServerResponse): void => {
    const body = objects.get(key);
    if (method === 'DELETE') objects.delete(key);
    response.statusCode = method === 'DELETE' ? 204 : 200;
    if (body === undefined) response.statusCode = 404;
    response.end(method === 'GET' ? body : undefined);
  };

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const url = new URL(request.url ?? '/', 'http://s3');
    const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'));
    requests.push(`${request.method} ${key}`);
    request.resume();
    if (key === '') list(url, response);
    else serve(request.method ?? 'GET', key, response);
  };

  const server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('The fake bucket has no port.');
  return {
    endpoint: `http://127.0.0.1:${address.port}`,
    requests,
    stop: async (): Promise<void> => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
