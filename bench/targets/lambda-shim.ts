import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';

/**
 * Runs a streaming Lambda handler behind plain HTTP: the cheapest thing that hands it API Gateway's event and takes its
 * stream. Lambda runs one request at a time in a process; here as many run as the load asks for, so that CPU can be compared.
 */
type StreamingHandler = (event: unknown, stream: ServerResponse, context: object) => Promise<void>;
type Head = { statusCode: number; headers: Record<string, string> };

const MAX_DURATION_MS = 300_000;

const lambda = {
  streamifyResponse: (handler: StreamingHandler) => handler,
  HttpResponseStream: {
    from: (response: ServerResponse, { statusCode, headers }: Head) => response.writeHead(statusCode, headers),
  },
};

const loadHandler = (path: string): StreamingHandler => {
  Object.assign(globalThis, { awslambda: lambda });
  return require(path).handler;
};

const toEvent = (request: IncomingMessage, body: Buffer): string =>
  JSON.stringify({
    resource: '/v1/chat/completions',
    path: request.url,
    httpMethod: request.method,
    headers: request.headers,
    multiValueHeaders: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, [value]])),
    queryStringParameters: null,
    multiValueQueryStringParameters: null,
    pathParameters: null,
    stageVariables: null,
    requestContext: { requestId: 'bench', identity: { sourceIp: '127.0.0.1' }, stage: 'bench' },
    body: body.toString('utf8'),
    isBase64Encoded: false,
  });

const [, , bundle = ''] = process.argv;
const handler = loadHandler(bundle);

const server = createServer((request, response) => {
  const deadline = Date.now() + MAX_DURATION_MS;
  const context = { awsRequestId: 'bench', getRemainingTimeInMillis: () => deadline - Date.now() };
  buffer(request)
    .then((body) => handler(JSON.parse(toEvent(request, body)), response, context))
    .catch((error: unknown) => {
      console.error(error);
      response.destroy();
    });
});
server.listen(0, '127.0.0.1', () => process.send?.({ listening: server.address() }));
