import { once } from 'node:events';
import { PassThrough, Writable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createLambdaResponse, type ResponseHead } from '../../../../lambdas/gateway/http/lambda-response';

const createOpened = (body: Writable) => {
  const heads: ResponseHead[] = [];
  const response = createLambdaResponse((head) => {
    heads.push(head);
    return body;
  });
  return { response, heads };
};

/** A stream whose consumer takes one chunk, and the next only when it is told to. */
const createStalledBody = () => {
  const taken: string[] = [];
  let release = (): void => {};
  const body = new Writable({
    highWaterMark: 1,
    write: (chunk, _encoding, next) => {
      taken.push(String(chunk));
      release = next;
    },
  });
  return { body, taken, release: () => release() };
};

describe('createLambdaResponse', () => {
  it('opens the stream with the head and hands over every byte in order', async () => {
    const body = new PassThrough();
    const received = buffer(body);
    const { response, heads } = createOpened(body);

    response.commit(201, { 'x-a': 'b' });
    response.write('one ');
    response.write('two');
    response.end();
    await response.done();

    expect(heads).toEqual([{ statusCode: 201, headers: { 'x-a': 'b' } }]);
    expect((await received).toString()).toBe('one two');
    expect(response.gone).toBe(false);
  });

  it('opens nothing before the commit', () => {
    const { response, heads } = createOpened(new PassThrough());

    expect(response.committed).toBe(false);
    expect(heads).toEqual([]);
  });

  it('counts bytes of UTF-8, not characters', () => {
    const { response } = createOpened(new PassThrough());

    response.commit(200, {});
    response.write('a');
    response.write('äß');
    response.write('😀');

    expect(response.bytes).toBe(1 + 4 + 4);
  });

  it('hands over a body far larger than any stream buffer unchanged', async () => {
    const body = new PassThrough({ highWaterMark: 16 });
    const received = buffer(body);
    const { response } = createOpened(body);
    const chunk = 'ä'.repeat(50_000);

    response.commit(200, {});
    for (let count = 0; count < 100; count += 1) response.write(chunk);
    response.end();
    await response.done();

    expect(response.bytes).toBe(10_000_000);
    expect((await received).equals(Buffer.from(chunk.repeat(100)))).toBe(true);
  });

  it('never waits for a consumer that stalls, and goes on when it does', async () => {
    const { body, taken, release } = createStalledBody();
    const { response } = createOpened(body);
    let done = false;
    const finished = response.done().then(() => {
      done = true;
    });

    response.commit(200, {});
    for (let count = 0; count < 1_000; count += 1) response.write(`${count} `);
    response.end();
    while (taken.length === 0) await new Promise(setImmediate);
    const stalled = { bytes: response.bytes, taken: [...taken], done };
    const drain = setInterval(release, 0);
    await finished;
    clearInterval(drain);

    expect(stalled).toEqual({ bytes: 3_890, taken: ['0 '], done: false });
    expect(taken.join('').length).toBe(3_890);
    expect(response.gone).toBe(false);
  });

  it('learns that the client is gone, goes on counting, and drops what it is given', async () => {
    const body = new PassThrough();
    const { response } = createOpened(body);
    response.commit(200, {});
    response.write('seen');
    await once(body, 'readable');

    body.destroy();
    await response.done();
    response.write(' unseen');
    response.end();

    expect(response.gone).toBe(true);
    expect(response.bytes).toBe(11);
  });

  it('learns it also from a write that fails', async () => {
    const body = new Writable({ write: (_chunk, _encoding, next) => next(new Error('EPIPE')) });
    const { response } = createOpened(body);

    response.commit(200, {});
    response.write('a');
    await response.done();

    expect(response.gone).toBe(true);
  });

  it.each<[string, (response: ReturnType<typeof createLambdaResponse>) => void]>([
    ['writes before the commit', (response) => response.write('a')],
    ['ends before the commit', (response) => response.end()],
    [
      'commits twice',
      (response) => {
        response.commit(200, {});
        response.commit(200, {});
      },
    ],
    [
      'writes after the end',
      (response) => {
        response.commit(200, {});
        response.end();
        response.write('a');
      },
    ],
    [
      'ends twice',
      (response) => {
        response.commit(200, {});
        response.end();
        response.end();
      },
    ],
  ])('fails the caller that %s', (_name, act) => {
    const { response } = createOpened(new PassThrough());

    expect(() => act(response)).toThrow(/Cannot (write to|end|commit) a response that is/);
  });
});
