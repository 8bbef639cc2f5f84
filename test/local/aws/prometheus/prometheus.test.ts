import { createServer, type Server } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { encodeWriteRequest } from '../../../../lambdas/core/prometheus/encode-write-request';
import { createPost } from '../../../../lambdas/core/prometheus/post';
import type { AwsProxy } from '../../../../local/aws/proxy';
import { ACCOUNT, aFunction, OPERATOR, REGION, startTestProxy } from '../start-test-proxy';

const WORKSPACE = { id: 'ws-1', arn: `arn:aws:aps:${REGION}:${ACCOUNT}:workspace/ws-1`, outOfOrderSeconds: 60 };
const PATH = '/workspaces/ws-1/api/v1/remote_write';

let proxy: AwsProxy;
const errors: unknown[] = [];
beforeEach(async () => {
  errors.length = 0;
  proxy = await startTestProxy({
    workspaces: [WORKSPACE],
    principals: [
      OPERATOR,
      aFunction('writer', { Effect: 'Allow', Action: 'aps:RemoteWrite', Resource: WORKSPACE.arn }),
      aFunction('stranger', { Effect: 'Allow', Action: 'aps:QueryMetrics', Resource: WORKSPACE.arn }),
    ],
    onError: (error) => errors.push(error),
  });
});
afterEach(() => proxy.close());

/** The deployed client, as a function under its own access key. */
const postAs = (accessKeyId: string, body: Uint8Array, path = PATH) => {
  const requestHandler = new NodeHttpHandler();
  const credentials = { accessKeyId, secretAccessKey: 'secret' };
  const post = createPost({ url: proxy.url + path, region: REGION, credentials, requestHandler });
  return post(body, 10_000).finally(() => requestHandler.destroy());
};

const aBody = (value = 1, timestampMs = Date.now()) =>
  encodeWriteRequest({
    series: [{ labels: [['__name__', 'up']], samples: [{ value, timestampMs }] }],
    metadata: [{ name: 'up', kind: 'gauge', help: 'Up.' }],
  });

describe('Managed Prometheus behind the proxy', () => {
  it('takes what a function writes that may', async () => {
    const now = Date.now();

    expect(await postAs('WRITER', aBody(7, now))).toEqual({ status: 200, text: '', retryAfterSeconds: undefined });

    expect(proxy.metrics.series()).toMatchObject([
      { labels: [['__name__', 'up']], samples: [{ value: 7, timestampMs: now }] },
    ]);
    expect(proxy.metrics.metadata()).toEqual([{ name: 'up', type: 2, help: 'Up.' }]);
    expect(proxy.decisions.allowed('writer')).toEqual([`aps:RemoteWrite ${WORKSPACE.arn}`]);
  });

  it.each([
    ['STRANGER', 403, 'is not authorized to perform: aps:RemoteWrite'],
    ['NOBODY', 403, 'security token'],
  ])('refuses %s', async (accessKeyId, status, text) => {
    expect(await postAs(accessKeyId, aBody())).toMatchObject({ status, text: expect.stringContaining(text) });

    expect(proxy.metrics.series()).toEqual([]);
  });

  it.each<[string, Uint8Array, string, number, string]>([
    ['another workspace', aBody(), '/workspaces/ws-2/api/v1/remote_write', 404, 'Workspace not found: ws-2'],
    ['a query', aBody(), '/workspaces/ws-1/api/v1/query', 404, 'takes remote writes'],
    ['what is no snappy', Buffer.from('a'), PATH, 400, 'The body is no remote write'],
    ['too much', Buffer.alloc(1024 * 1024 + 1), PATH, 413, 'is larger than'],
  ])('refuses %s', async (_, body, path, status, text) => {
    expect(await postAs('OPERATOR', body, path)).toMatchObject({ status, text: expect.stringContaining(text) });
  });

  it('refuses a sample that contradicts another, in the words of Prometheus', async () => {
    const now = Date.now();
    await postAs('WRITER', aBody(1, now));

    expect(await postAs('WRITER', aBody(2, now))).toMatchObject({
      status: 400,
      text: expect.stringContaining('duplicate sample for timestamp'),
    });
  });

  it.each([
    ['throttle', 429],
    ['internalError', 500],
  ] as const)('answers as it is told to: %s', async (kind, status) => {
    proxy.faults.add({ service: 'aps', kind, times: 1 });

    expect((await postAs('WRITER', aBody())).status).toBe(status);
    expect((await postAs('WRITER', aBody())).status).toBe(200);
  });
});

describe('a Prometheus that is attached', () => {
  let other: Server;
  const received: Buffer[] = [];
  let status = 204;
  let url: string;
  beforeEach(async () => {
    received.length = 0;
    status = 204;
    other = createServer(async (request, response) => {
      received.push(await buffer(request));
      response.writeHead(status).end('no');
    });
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}/api/v1/write`;
  });
  afterEach(() => new Promise((resolve) => other.close(resolve)));

  it('gets what was taken, as it was sent, until it is detached', async () => {
    const body = aBody();
    proxy.metrics.forwardTo(url);
    await postAs('WRITER', body);
    proxy.metrics.forwardTo(undefined);
    await postAs('WRITER', aBody(2, Date.now() + 1_000));

    expect(received).toEqual([Buffer.from(body)]);
  });

  it('may refuse it without the writer noticing', async () => {
    status = 500;
    proxy.metrics.forwardTo(url);

    expect((await postAs('WRITER', aBody())).status).toBe(200);

    expect(errors).toMatchObject([{ message: `Prometheus at ${url} refused a remote write: 500 no` }]);
  });
});
