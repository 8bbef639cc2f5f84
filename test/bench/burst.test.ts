import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { burst } from '../../bench/load/burst';
import { COUNTER } from '../../bench/load/request';

const serve = async (listener: RequestListener) => {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('no port');
  return { port: address.port, close: () => server.close() };
};

const order = { path: '/chat', headers: {}, marker: 'hello', concurrency: 2, durationMs: 5_000, pauseMs: 0 };

describe('a burst of load', () => {
  it.each([
    ['a body of known length', 'whole'],
    ['a chunked body', 'chunked'],
  ])('times every answer with %s, and sends no request twice', async (_, manner) => {
    const bodies = new Set<string>();
    const server = await serve((request, response) => {
      request.setEncoding('utf8').on('data', (body) => bodies.add(body));
      request.on('end', () => {
        if (manner === 'chunked') response.write('data: hello\n\n');
        response.end(manner === 'chunked' ? 'data: [DONE]\n\n' : '{"say":"hello"}');
      });
    });

    const result = await burst({ ...order, port: server.port, body: `{"n":"${COUNTER}"}`, atMost: 10 });
    server.close();

    expect(bodies.size).toBe(result.latenciesMs.length);
    expect(result.latenciesMs.length).toBeGreaterThanOrEqual(10);
    expect(result.firstTextMs).toHaveLength(result.latenciesMs.length);
  });

  it.each([
    [500, 'hello'],
    [200, 'something else'],
  ])('fails on an answer with status %d and body %j', async (status, body) => {
    const server = await serve((_, response) => response.writeHead(status).end(body));

    const result = burst({ ...order, port: server.port, body: '{}', atMost: 1 });

    await expect(result).rejects.toThrow('did not answer with "hello"');
    server.close();
  });
});
