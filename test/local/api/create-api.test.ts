import { once } from 'node:events';
import { connect } from 'node:net';
import type { RestApi } from '../../../local/api/rest-api';
import { type FunctionCall, RequestTooLarge } from '../../../local/lambda/functions';
import type { Reply } from '../../../local/lambda/invocation';
import { anApi, anIntegration } from './an-api';
import { bufferedReply, type RunningApi, read, runApi, send, streamedReply } from './running-api';

let running: RunningApi | undefined;

afterEach(async () => {
  await running?.close();
  running = undefined;
});

const start = async (api: RestApi, invoke: (call: FunctionCall) => Promise<Reply> | Reply): Promise<RunningApi> => {
  running = await runApi(api, invoke);
  return running;
};

const streamed = anApi({ '/v1/{proxy+}': { ANY: anIntegration() } });
const buffered = anApi({ '/health': { ANY: anIntegration({ streamed: false }) } });

describe('a streaming integration', () => {
  it('passes the head on before there is a body, and each chunk as it comes', async () => {
    const { reply, body } = streamedReply({ statusCode: 201, headers: { 'X-Of-Function': 'yes' } });
    const { port } = await start(streamed, () => reply);

    const response = await send(port, { path: '/v1/chat' });
    body.write('first');
    const [first] = await once(response, 'data');
    body.end('last');
    const [last] = await once(response, 'data');

    expect(response.statusCode).toBe(201);
    expect(response.headers['x-of-function']).toBe('yes');
    expect(String(first)).toBe('first');
    expect(String(last)).toBe('last');
  });

  it('reads the function to its end when the client leaves', async () => {
    const { reply, body } = streamedReply({ statusCode: 200 });
    const { port } = await start(streamed, () => reply);
    const response = await send(port, { path: '/v1/chat' });
    const ended = once(body, 'end');

    response.destroy();
    for (let chunk = 0; chunk < 64; chunk += 1) body.write(Buffer.alloc(64 * 1024));
    body.end();

    await expect(ended).resolves.toBeDefined();
  });

  it('holds the function back while the client does not read', async () => {
    const { reply, body } = streamedReply({ statusCode: 200 });
    const { port } = await start(streamed, () => reply);
    const response = await send(port, { path: '/v1/chat' });

    let written = 0;
    while (body.write(Buffer.alloc(64 * 1024)) || (await canDrain(body))) written += 1;
    response.resume();

    expect(written * 64 * 1024).toBeLessThan(64 * 1024 * 1024);
    await once(body, 'drain');
    body.end();
  });

  it('cuts the client off when the function dies midway', async () => {
    const { reply, body } = streamedReply({ statusCode: 200 });
    const { port } = await start(streamed, () => reply);
    const response = await send(port, { path: '/v1/chat' });

    body.write('half');
    await once(response, 'data');
    body.destroy(new Error('died'));

    await expect(once(response, 'end')).rejects.toThrow('aborted');
  });

  it.each([
    ['has no head', () => bodyOf('no head at all')],
    ['has a head that is not one', () => bodyOf(`{"statusCode":"ok"}${'\0'.repeat(8)}`)],
    [
      'has a head over 16 kB',
      () => bodyOf(`{"statusCode":200,"headers":{"a":"${'b'.repeat(17_000)}"}}${'\0'.repeat(8)}`),
    ],
    ['is not streamed at all', () => bufferedReply({ statusCode: 200 })],
    ['is an error', () => bufferedReply({ errorMessage: 'secret of the function' }, 'Unhandled')],
    ['has a header that HTTP does not allow', () => streamedReply({ statusCode: 200, headers: { a: 'b\nc' } }).reply],
  ])('answers 502 and keeps the reason to itself when the answer %s', async (_, makeReply) => {
    const { port, failures } = await start(streamed, makeReply);

    const { status, body } = await read(await send(port, { path: '/v1/chat' }));

    expect(status).toBe(502);
    expect(body).toBe('{"message":"Internal server error"}');
    expect(failures).toHaveLength(1);
  });

  it('answers 504 when the function takes too long to begin, and drops what it says later', async () => {
    const { reply, body } = streamedReply({ statusCode: 200 });
    let answer: (reply: Reply) => void = () => undefined;
    const api = anApi({ '/v1/{proxy+}': { ANY: anIntegration({ timeoutMs: 50 }) } });
    const { port } = await start(api, () => new Promise((resolve) => (answer = resolve)));

    const { status } = await read(await send(port, { path: '/v1/chat' }));
    answer(reply);
    body.end('late');

    expect(status).toBe(504);
    await once(body, 'end');
  });
});

describe('a buffered integration', () => {
  it('answers with what the function returns', async () => {
    const answer = { statusCode: 418, headers: { 'Content-Type': 'text/plain' }, body: 'short and stout' };
    const { port } = await start(buffered, () => bufferedReply(answer));

    const { status, headers, body } = await read(await send(port, { path: '/health' }));

    expect(status).toBe(418);
    expect(headers['content-type']).toBe('text/plain');
    expect(body).toBe('short and stout');
  });

  it('decodes bytes, and sends several headers of one name', async () => {
    const { port } = await start(buffered, () =>
      bufferedReply({
        statusCode: 200,
        multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
        body: Buffer.from('bytes').toString('base64'),
        isBase64Encoded: true,
      }),
    );

    const { headers, body } = await read(await send(port, { path: '/health' }));

    expect(headers['set-cookie']).toEqual(['a=1', 'b=2']);
    expect(body).toBe('bytes');
  });

  it("sends under another name the headers that are API Gateway's own", async () => {
    const headers = { Server: 'mine', 'WWW-Authenticate': 'Bearer', Connection: 'close' };
    const { port } = await start(buffered, () => bufferedReply({ statusCode: 401, headers }));

    const response = await read(await send(port, { path: '/health' }));

    expect(response.headers).toMatchObject({
      'x-amzn-remapped-server': 'mine',
      'x-amzn-remapped-www-authenticate': 'Bearer',
    });
    expect(response.headers.server).toBeUndefined();
  });

  it.each([
    ['a status that is text', { statusCode: '200' }],
    ['a body that is an object', { statusCode: 200, body: {} }],
    ['nothing', null],
  ])('answers 502 for %s', async (_, answer) => {
    const { port } = await start(buffered, () => bufferedReply(answer));

    expect((await read(await send(port, { path: '/health' }))).status).toBe(502);
  });
});

describe('the event of a request', () => {
  const eventOf = async (sent: Parameters<typeof send>[1], api = buffered) => {
    let event: unknown;
    const { port, close } = await runApi(api, ({ payload }) => {
      event = JSON.parse(payload.toString());
      return bufferedReply({ statusCode: 200 });
    });
    await read(await send(port, sent));
    await close();
    return event;
  };

  it('has the path, the query, the headers and the body of the request', async () => {
    const event = await eventOf({
      method: 'POST',
      path: '/health?a=1&a=2&b=%20',
      headers: { 'X-One': ['first', 'second'], 'Content-Type': 'application/json' },
      body: '{"text":"ü"}',
    });

    expect(event).toMatchObject({
      resource: '/health',
      path: '/health',
      httpMethod: 'POST',
      headers: { 'X-One': 'second' },
      multiValueHeaders: { 'X-One': ['first', 'second'] },
      queryStringParameters: { a: '2', b: ' ' },
      multiValueQueryStringParameters: { a: ['1', '2'], b: [' '] },
      pathParameters: null,
      body: '{"text":"ü"}',
      isBase64Encoded: false,
      requestContext: {
        httpMethod: 'POST',
        stage: 'dev',
        resourcePath: '/health',
        identity: { sourceIp: '127.0.0.1' },
      },
    });
  });

  it('has null where there is nothing, and no headers of the connection', async () => {
    const event = await eventOf({ path: '/health', headers: { 'X-Forwarded-For': '6.6.6.6' } });

    expect(event).toMatchObject({
      queryStringParameters: null,
      body: null,
      headers: { 'X-Forwarded-For': '127.0.0.1' },
    });
    expect(event).not.toHaveProperty('headers.Connection');
  });

  it('has a body that is not UTF-8 as text, unless its type is declared binary', async () => {
    const sent = {
      method: 'POST',
      path: '/health',
      headers: { 'Content-Type': 'image/png' },
      body: Buffer.from([255]),
    };

    const asText = await eventOf(sent);
    const asBytes = await eventOf(sent, { ...buffered, binaryMediaTypes: ['image/png'] });

    expect(asText).toMatchObject({ body: '\ufffd', isBase64Encoded: false });
    expect(asBytes).toMatchObject({ body: '/w==', isBase64Encoded: true });
  });
});

describe("the answers that are the API's own", () => {
  const gatewayResponses = {
    MISSING_AUTHENTICATION_TOKEN: {
      status: 404,
      headers: [
        { name: 'X-Request-ID', source: { variable: 'requestId' } },
        { name: 'X-Fixed', source: { text: 'fixed' } },
      ],
      template:
        '{"error":{"id":"$context.requestId","says":$context.error.messageString,"none":"$context.integration.error"}}',
    },
    DEFAULT_4XX: { status: undefined, headers: [], template: '{"default":"$context.error.responseType"}' },
  };

  it('are made of the template, with what is known of the request', async () => {
    const { port } = await start({ ...streamed, gatewayResponses }, () => bufferedReply({}));

    const { status, headers, body } = await read(await send(port, { path: '/nowhere' }));

    expect(status).toBe(404);
    expect(headers['x-fixed']).toBe('fixed');
    expect(JSON.parse(body)).toEqual({
      error: { id: headers['x-request-id'], says: 'Missing Authentication Token', none: '' },
    });
  });

  it('fall back to the default of their class', async () => {
    const api = {
      ...streamed,
      gatewayResponses,
      stage: { ...streamed.stage, throttle: { ratePerSecond: 0, burst: 0 } },
    };
    const { port } = await start(api, () => bufferedReply({}));

    const { status, body } = await read(await send(port, { path: '/v1/chat' }));

    expect(status).toBe(429);
    expect(body).toBe('{"default":"THROTTLED"}');
  });

  it('include 413 for a body over 10 MB, and for an event that is too large for the function', async () => {
    const { port } = await start({ ...streamed, gatewayResponses }, () => {
      throw new RequestTooLarge('too large');
    });
    const post = async (bytes: number) =>
      (await read(await send(port, { method: 'POST', path: '/v1/chat', body: Buffer.alloc(bytes, 'a') }))).status;

    expect(await post(10 * 1024 * 1024 + 1)).toBe(413);
    expect(await post(1)).toBe(413);
  });
});

describe('a client that leaves while it sends', () => {
  it('invokes nothing', async () => {
    let invoked = 0;
    const { port } = await start(streamed, () => {
      invoked += 1;
      return bufferedReply({});
    });
    const socket = connect(port, '127.0.0.1');

    socket.write('POST /v1/chat HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhalf');
    await once(socket, 'connect');
    socket.destroy();
    await once(socket, 'close');
    await read(await send(port, { path: '/nowhere' }));

    expect(invoked).toBe(0);
  });
});

describe('what the API writes down', () => {
  it("is one access-log line of the stage's format per request", async () => {
    const stage = {
      ...buffered.stage,
      accessLogFormat: '$context.httpMethod $context.path $context.status $context.error.responseType',
    };
    const { port, accessLines } = await start({ ...buffered, stage }, () => bufferedReply({ statusCode: 200 }));

    await read(await send(port, { path: '/health' }));
    await read(await send(port, { path: '/nowhere' }));

    expect(accessLines).toEqual(['GET /health 200 -', 'GET /nowhere 403 MISSING_AUTHENTICATION_TOKEN']);
  });

  it('is a segment between that of the caller and that of the function, when the stage traces', async () => {
    const headers = { 'X-Amzn-Trace-Id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1' };
    const calls: FunctionCall[] = [];
    const api = { ...buffered, stage: { ...buffered.stage, tracing: true } };
    const { port, segments } = await start(api, (call) => {
      calls.push(call);
      return bufferedReply({ statusCode: 500 });
    });

    await read(await send(port, { path: '/health', headers }));

    expect(segments).toMatchObject([
      {
        origin: 'AWS::ApiGateway::Stage',
        trace_id: '1-5759e988-bd862e3fe1be46a994272793',
        parent_id: '53995c3f42cd8ad8',
        fault: true,
      },
    ]);
    expect(calls[0]?.traceHeader).toBe(`Root=1-5759e988-bd862e3fe1be46a994272793;Parent=${segments[0]?.id};Sampled=1`);
  });

  it('refuses a format that names something it does not know', async () => {
    const stage = { ...buffered.stage, accessLogFormat: '$context.nonsense' };

    await expect(runApi({ ...buffered, stage }, () => bufferedReply({}))).rejects.toThrow('$context.nonsense');
  });
});

const bodyOf = (text: string): Reply => {
  const { reply, body } = streamedReply({});
  body.read();
  body.end(text);
  return reply;
};

/** Whether anybody takes what was written within a while. */
const canDrain = (body: NodeJS.WritableStream): Promise<boolean> =>
  Promise.race([
    once(body, 'drain').then(() => true),
    new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 200)),
  ]);
