import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { answerStreamAtOnce, answerStreamSlowly, answerWhole } from './bedrock-answers';
import { createInstantStores } from './instant-stores';

const [, , cacheTable = ''] = process.argv;
const answerStore = createInstantStores(cacheTable);

/** A prompt that says so gets its answer event by event. */
const SLOWLY = 'bench: slowly';

const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
  const body = await text(request);
  const target = request.headers['x-amz-target'];
  if (typeof target === 'string') {
    const json = JSON.stringify(answerStore(target, body));
    response.writeHead(200, {
      'content-type': 'application/x-amz-json-1.0',
      'content-length': Buffer.byteLength(json),
    });
    response.end(json);
  } else if (request.url?.endsWith('/converse')) answerWhole(response);
  else if (body.includes(SLOWLY)) await answerStreamSlowly(response);
  else answerStreamAtOnce(response);
};

const server = createServer((request, response) => {
  serve(request, response).catch((error: unknown) => {
    console.error(error);
    response.writeHead(500).end();
  });
});
server.listen(0, '127.0.0.1', () => process.send?.({ listening: server.address() }));
