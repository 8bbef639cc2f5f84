import * as v from 'valibot';
import { REFUSALS } from '../../lambdas/core/errors';
import { type BadInput, bodyWith, CHAT } from './bad-inputs/bad-input';
import { BAD_FIELDS, JUNK_MODELS } from './bad-inputs/fields';
import { describeFuzz } from './bad-inputs/fuzz';
import { BAD_HEADERS, BAD_KEYS, BAD_ROUTES, BAD_SIZES } from './bad-inputs/requests';
import { BAD_TEXTS } from './bad-inputs/texts';
import { bootGateway } from './support/gateway-under-test';
import type { Reply } from './support/send';
import { sendBytes } from './support/send-bytes';

const gateway = bootGateway();

let authorization = '';
beforeAll(async () => {
  authorization = `Bearer ${(await gateway.createKey({ rpm: 1_000_000 })).key}`;
});

/** A good request but for what the input says. */
const ask = ({ method = 'POST', path = CHAT, headers, body }: Partial<BadInput>): Promise<Reply> => {
  const all = { authorization, 'content-type': 'application/json', ...headers };
  const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  return gateway.send({ method, path, headers: sent, ...(body !== undefined && { body }) });
};

/** OpenAI's shape, and what the API adds to it. */
const refusal = v.strictObject({
  error: v.strictObject({
    message: v.pipe(v.string(), v.nonEmpty()),
    type: v.string(),
    param: v.nullable(v.string()),
    code: v.string(),
    correlation_id: v.string(),
  }),
});

const expectRefusal = ({ status, code, param }: BadInput, reply: Reply): void => {
  const { error } = v.parse(refusal, JSON.parse(reply.body));
  expect([reply.status, error.code, error.param]).toEqual([status, code, param ?? null]);
  expect(error.type).toBe(REFUSALS[code].type);
  expect(error.message).not.toMatch(/\bat .+:\d+|node_modules|undefined|\[object/);
  expect(reply.headers).toMatchObject({
    'content-type': expect.stringMatching(/^application\/json/),
    'x-fluxgate-request-id': expect.any(String),
    'x-correlation-id': error.correlation_id,
  });
};

describe.each([
  ['a body that is', BAD_TEXTS],
  ['a body with', BAD_FIELDS],
  ['a junk', JUNK_MODELS],
  ['a body', BAD_SIZES],
  ['a request with', BAD_HEADERS],
  ['a caller with', BAD_KEYS],
  ['a request for', BAD_ROUTES],
])('%s', (_, inputs) => {
  it.each(inputs)('$name is refused with $status $code', async (input) => {
    expectRefusal(input, await ask(input));
  });
});

describe('a refusal', () => {
  it('names the method that the route takes', async () => {
    const [chat, models] = [await ask({ method: 'PUT' }), await ask({ path: '/v1/models' })];

    expect([chat.headers.allow, models.headers.allow]).toEqual(['POST', 'GET']);
  });

  it('of a HEAD request has no body', async () => {
    const { status, body } = await ask({ method: 'HEAD', path: '/v1/models' });

    expect([status, body]).toEqual([405, '']);
  });

  it('meets a right id with a wrong secret, and a revoked key, like an unknown key', async () => {
    const [known, revoked] = [await gateway.createKey(), await gateway.createKey()];
    await gateway.manage('keys.revoke', { keyId: revoked.keyId });
    const wrong = [`fg_${known.keyId}_${'0'.repeat(40)}`, revoked.key, `fg_${'0'.repeat(16)}_${'0'.repeat(40)}`];

    const replies = await Promise.all(wrong.map((key) => ask({ headers: { authorization: `Bearer ${key}` } })));

    const messages = replies.map(({ body }) => v.parse(refusal, JSON.parse(body)).error.message);
    expect(replies.map(({ status }) => status)).toEqual([401, 401, 401]);
    expect(new Set(messages).size).toBe(1);
  });

  it('meets a key without the scope', async () => {
    const { key } = await gateway.createKey({ scopes: ['metrics'] });

    const reply = await ask({ headers: { authorization: `Bearer ${key}` }, body: bodyWith() });

    expectRefusal({ name: '', status: 403, code: 'missing_scope' }, reply);
  });
});

describe('an answer', () => {
  it.each([
    ['a trailing slash', { path: `${CHAT}/` }],
    ['a path that is percent-encoded', { path: '/v1/%63hat/completions' }],
    ['a query', { path: `${CHAT}?api-version=1` }],
    ['a charset', { headers: { 'content-type': 'Application/JSON; charset="UTF-8"' } }],
    ['no content type', { headers: { 'content-type': undefined } }],
    ['another spelling of Bearer', { headers: () => ({ authorization: authorization.replace('Bearer', 'bearer') }) }],
  ])(
    'is given in spite of %s',
    async (_, { headers, ...input }: { path?: string; headers?: object | (() => object) }) => {
      const { status } = await ask({
        ...input,
        headers: { ...(typeof headers === 'function' ? headers() : headers) },
        body: bodyWith(),
      });

      expect(status).toBe(200);
    },
  );

  it('is given to names that objects stumble over, where names are free', async () => {
    const metadata = { constructor: 'a', toString: 'b', hasOwnProperty: 'c' };
    const tools = ['__proto__', 'constructor'].map((name) => ({ type: 'function', function: { name } }));

    const { status } = await ask({ body: bodyWith({ metadata, tools }) });

    expect(status).toBe(200);
  });

  it('reads bytes that are no UTF-8 within a text as API Gateway hands them over', async () => {
    const [before = '', after = ''] = bodyWith({ max_tokens: 60 }).split('Hello');

    const { status, body } = await ask({
      body: Buffer.concat([Buffer.from(before), Buffer.from([0xff]), Buffer.from(after)]),
    });

    expect(status).toBe(200);
    expect(body).toContain('You wrote \\"\ufffd\\"');
  });
});

describe('a header', () => {
  const raw = (lines: readonly string[]): string =>
    `${['GET /v1/models HTTP/1.1', 'Host: localhost', 'Connection: close', `Authorization: ${authorization}`, ...lines].join('\r\n')}\r\n\r\n`;

  it.each([
    'X-Request-ID: a%0d%0aX-Evil: 1',
    'X-Request-ID: a\\r\\nX-Evil: 1',
    'X-Request-ID: a\rX-Evil: 1',
    'X-Correlation-ID: a\nX-Evil: 1',
    'X-Session-ID: a\u0000X-Evil: 1',
    'X-Session-ID: a\r\n X-Evil: 1',
    'X-Request-ID: "a", X-Evil: 1',
    'X-Request-ID: a\u0085X-Evil: 1',
  ])('%j makes no header of an answer', async (line) => {
    const answer = await sendBytes(gateway.machine().url, raw([line]));

    const [head = ''] = answer.split('\r\n\r\n');
    expect(head).toMatch(/^HTTP\/1\.1 (200|400) /);
    expect(head).not.toContain('X-Evil');
  });

  it('that is sent twice counts as it was sent last', async () => {
    const answer = await sendBytes(gateway.machine().url, raw(['X-Request-ID: first', 'X-Request-ID: last']));

    expect(answer).toMatch(/\r\nx-request-id: last\r\n/i);
  });
});

describeFuzz(gateway);
