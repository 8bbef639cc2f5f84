import { createServer, type RequestListener, type Server } from 'node:http';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { createPost } from '../../../../lambdas/core/prometheus/post';

let server: Server | undefined;

const aPostTo = async (answer: RequestListener) => {
  const started = createServer(answer);
  server = started;
  await new Promise<void>((resolve) => started.listen(0, '127.0.0.1', resolve));
  const address = started.address();
  if (address === null || typeof address === 'string') throw new Error('The receiver has no port.');
  return createPost({
    url: `http://127.0.0.1:${address.port}/api/v1/remote_write`,
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKID', secretAccessKey: 'not a secret' },
    requestHandler: new NodeHttpHandler(),
  });
};

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

describe('a post to a receiver', () => {
  it.each<[string, RequestListener]>([
    ['never answers', () => undefined],
    ['never ends its answer', (_, response) => response.writeHead(500).write('b')],
  ])('that %s rejects once its time is over', async (_, answer) => {
    const post = await aPostTo(answer);

    await expect(post(Buffer.from('body'), 100)).rejects.toThrow();
  });

  it('that answers in time tells what it said', async () => {
    const post = await aPostTo((request, response) => {
      request.resume();
      response.writeHead(429, { 'retry-after': '7' }).end('slower');
    });

    expect(await post(Buffer.from('body'), 5_000)).toEqual({ status: 429, retryAfterSeconds: 7, text: 'slower' });
  });
});
