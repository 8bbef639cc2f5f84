import { once } from 'node:events';
import { createServer, request, type ServerResponse } from 'node:http';
import { OPERATOR, startTestProxy } from '../start-test-proxy';

const MODEL = 'amazon.nova-lite-v1:0';

describe('a stream through the proxy', () => {
  const closers: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0)) await close();
  });

  /** A Bedrock of the test's own, whose answer it writes itself, and a proxy before it. */
  const startUpstream = async () => {
    let opened: (response: ServerResponse) => void;
    const response = new Promise<ServerResponse>((resolve) => {
      opened = resolve;
    });
    const server = createServer((_, answer) => opened(answer)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const before = await startTestProxy({ bedrock: { endpoint: `http://127.0.0.1:${address.port}` } });
    closers.push(async () => {
      await before.close();
      server.closeAllConnections();
      server.close();
    });
    return { url: before.url, response };
  };

  const call = (url: string) => {
    const { hostname, port } = new URL(url);
    const authorization = `AWS4-HMAC-SHA256 Credential=${OPERATOR.accessKeyId}/20260101/us-east-1/bedrock/aws4_request, Signature=0`;
    const outgoing = request({
      hostname,
      port,
      method: 'POST',
      path: `/model/${MODEL}/converse-stream`,
      headers: { authorization },
    });
    outgoing.end('{}');
    return outgoing;
  };

  it('passes on the head and every piece as it comes', async () => {
    const upstream = await startUpstream();
    const outgoing = call(upstream.url);
    const answer = await upstream.response;

    answer.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' });
    answer.flushHeaders();
    const [head] = await once(outgoing, 'response');
    const pieces = head[Symbol.asyncIterator]();
    answer.write('first');
    const first = await pieces.next();
    answer.end('second');
    const second = await pieces.next();
    const end = await pieces.next();

    expect(head.headers['content-type']).toBe('application/vnd.amazon.eventstream');
    expect([String(first.value), String(second.value), end.done]).toEqual(['first', 'second', true]);
  });

  it('tells Bedrock when the caller leaves', async () => {
    const upstream = await startUpstream();
    const outgoing = call(upstream.url);
    outgoing.on('error', () => undefined);
    const answer = await upstream.response;
    answer.writeHead(200);
    answer.write('first');
    await once(outgoing, 'response');

    outgoing.destroy();
    await once(answer, 'close');

    expect(answer.writableFinished).toBe(false);
  });

  it('tells Bedrock also when the caller leaves before the head', async () => {
    const upstream = await startUpstream();
    const outgoing = call(upstream.url);
    outgoing.on('error', () => undefined);
    const answer = await upstream.response;

    outgoing.destroy();
    await once(answer, 'close');

    expect(answer.headersSent).toBe(false);
  });

  it('breaks the caller’s connection when Bedrock breaks its own before the head', async () => {
    const upstream = await startUpstream();
    const outgoing = call(upstream.url);
    const answer = await upstream.response;

    answer.destroy();
    const [error] = await once(outgoing, 'error');

    expect(error).toMatchObject({ code: 'ECONNRESET' });
  });

  it('breaks off where Bedrock breaks off', async () => {
    const upstream = await startUpstream();
    const outgoing = call(upstream.url);
    const answer = await upstream.response;
    answer.writeHead(200);
    answer.write('first');
    const [head] = await once(outgoing, 'response');

    answer.destroy();
    const [error] = await once(head, 'error');

    expect(error).toMatchObject({ message: 'aborted' });
  });
});
