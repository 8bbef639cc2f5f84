import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { collect } from '../../../../../lambdas/core/chat/collect';
import type { ChatEvent } from '../../../../../lambdas/core/chat/events';
import type { Target } from '../../../../../lambdas/core/models/model';
import { createBedrockProvider } from '../../../../../lambdas/core/providers/bedrock/bedrock';
import {
  createBedrockClient,
  createConverseClient,
} from '../../../../../lambdas/core/providers/bedrock/converse-client';
import { aCall } from '../../../../support/call';
import { aTarget } from '../../../../support/target';
import { beginStream, exceptionFrame, frame, refuse, startWireServer, type WireServer } from './wire-server';

const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'gateway', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'session' };
const USAGE = { inputTokens: 3, outputTokens: 2, totalTokens: 5 };

const START = frame('messageStart', { role: 'assistant' });
const STOP = frame('messageStop', { stopReason: 'end_turn' });
const METADATA = frame('metadata', { usage: USAGE, metrics: { latencyMs: 1 } });
const text = (words: string) => frame('contentBlockDelta', { contentBlockIndex: 0, delta: { text: words } });

let server: WireServer;

beforeAll(async () => {
  server = await startWireServer();
  process.env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME = server.url;
});

afterAll(async () => {
  delete process.env.AWS_ENDPOINT_URL_BEDROCK_RUNTIME;
  await server.stop();
});

const createProvider = (headTimeoutMs = 20_000) => {
  const client = createBedrockClient({ env: CREDENTIALS, region: 'eu-west-1', headTimeoutMs });
  return createBedrockProvider(createConverseClient(client));
};

const provider = () => createProvider();

type Asked = {
  target?: Target;
  signal?: AbortSignal;
  call?: Parameters<typeof aCall>[0];
  from?: ReturnType<typeof provider>;
};

const ask = ({ target = aTarget(), signal = new AbortController().signal, call = {}, from = provider() }: Asked = {}) =>
  from.stream(target, aCall(call), { maxOutputTokens: 100, metadata: { 'fluxgate-request-id': 'request1' }, signal });

const streamOf =
  (...frames: Uint8Array[]) =>
  ({ response }: { response: ServerResponse }) => {
    beginStream(response);
    for (const bytes of frames) response.write(bytes);
    response.end();
  };

/** Sends frames and then breaks the connection, once they are on their way. */
const cutAfter =
  (...frames: Uint8Array[]) =>
  async ({ response }: { response: ServerResponse }) => {
    beginStream(response);
    const sent = frames.map((bytes) => new Promise((resolve) => response.write(bytes, resolve)));
    await Promise.all(sent);
    response.destroy();
  };

describe('the Bedrock provider, through the SDK', () => {
  it('streams an answer and what it used', async () => {
    server.answerWith(streamOf(START, text('Hel'), text('lo.'), STOP, METADATA));

    const answer = await collect(ask());

    expect(answer).toMatchObject({ text: 'Hello.', reason: 'stop', usage: { input: 3, output: 2 } });
  });

  it('signs a Converse request with the credentials of the environment', async () => {
    server.answerWith(streamOf(START, STOP, METADATA));

    await collect(ask());

    const [request] = server.received;
    expect(request?.path).toBe('/model/us.anthropic.claude-sonnet-4-5-20250929-v1%3A0/converse-stream');
    expect(request?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=gateway\/\d{8}\/eu-west-1\/bedrock\//);
    expect(request?.headers['x-amz-security-token']).toBe('session');
    expect(request?.body).toEqual({
      messages: [{ role: 'user', content: [{ text: 'Hello.' }] }],
      inferenceConfig: { maxTokens: 100 },
      requestMetadata: { 'fluxgate-request-id': 'request1' },
    });
  });

  it('hands on an event before the next one is there', async () => {
    let firstEventSeen = (): void => {};
    const seen = new Promise<void>((resolve) => {
      firstEventSeen = resolve;
    });
    server.answerWith(async ({ response }) => {
      beginStream(response);
      response.write(text('First'));
      await seen;
      for (const bytes of [text(' and second.'), STOP, METADATA]) response.write(bytes);
      response.end();
    });

    const events: ChatEvent[] = [];
    for await (const event of ask()) {
      events.push(event);
      firstEventSeen();
    }

    expect(events.map(({ type }) => type)).toEqual(['text', 'text', 'finish']);
  });

  it('keeps its connection for the next call', async () => {
    server.answerWith(streamOf(START, text('Hi.'), STOP, METADATA));
    const from = provider();

    await collect(ask({ from }));
    await collect(ask({ from }));

    const [first, second] = server.received;
    expect(second?.socket).toBe(first?.socket);
  });

  it('reads an event that arrives in two pieces', async () => {
    const bytes = text('Hello.');
    server.answerWith(async ({ response }) => {
      beginStream(response);
      await new Promise((resolve) => response.write(bytes.subarray(0, 7), resolve));
      for (const rest of [bytes.subarray(7), STOP, METADATA]) response.write(rest);
      response.end();
    });

    expect(await collect(ask())).toMatchObject({ text: 'Hello.' });
  });

  it('takes no notice of events that it does not know', async () => {
    server.answerWith(streamOf(START, frame('eventOfTheFuture', { a: 1 }), text('Hi.'), STOP, METADATA));

    expect(await collect(ask())).toMatchObject({ text: 'Hi.', reason: 'stop' });
  });
});

describe('the Bedrock provider, with a model that does not stream', () => {
  const whole = (content: object[]) => ({
    output: { message: { role: 'assistant', content } },
    stopReason: 'tool_use',
    usage: USAGE,
  });
  const answerWhole = (content: object[]) =>
    server.answerWith(({ response }) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(whole(content)));
    });
  const { capabilities } = aTarget();

  it('gives the same events from Converse', async () => {
    answerWhole([
      { reasoningContent: { reasoningText: { text: 'Hm.' } } },
      { text: 'Looking.' },
      { toolUse: { toolUseId: 'a', name: 'weather', input: { city: 'Rome' } } },
    ]);

    const answer = await collect(ask({ target: aTarget({ capabilities: { ...capabilities, streaming: false } }) }));

    expect(server.received[0]?.path).toMatch(/\/converse$/);
    expect(answer).toEqual({
      text: 'Looking.',
      reasoning: 'Hm.',
      toolCalls: [{ id: 'a', name: 'weather', arguments: '{"city":"Rome"}' }],
      reason: 'tool_calls',
      usage: { input: 3, output: 2, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
    });
  });

  it.each([
    { tools: 'with tools', call: { tools: [{ name: 'weather', inputSchema: {} }] }, path: /\/converse$/ },
    { tools: 'without tools', call: {}, path: /\/converse-stream$/ },
  ])('asks a model that streams no tools $tools at $path', async ({ call, path }) => {
    answerWhole([{ text: 'Hi.' }]);
    const target = aTarget({ capabilities: { ...capabilities, streamingTools: false } });

    await collect(ask({ target, call })).catch(() => undefined);

    expect(server.received[0]?.path).toMatch(path);
  });

  it('calls an answer without a message cut', async () => {
    server.answerWith(({ response }) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end('{}');
    });

    const answer = collect(ask({ target: aTarget({ capabilities: { ...capabilities, streaming: false } }) }));

    await expect(answer).rejects.toMatchObject({ kind: 'cut', maybeBilled: true });
  });
});

describe('the Bedrock provider, when Bedrock refuses', () => {
  it.each([
    { status: 429, type: 'ThrottlingException', expected: { kind: 'throttled', retryable: true, maybeBilled: false } },
    {
      status: 500,
      type: 'InternalServerException',
      expected: { kind: 'unavailable', retryable: true, maybeBilled: true },
    },
    { status: 503, type: 'ServiceUnavailableException', expected: { kind: 'unavailable', maybeBilled: true } },
    { status: 408, type: 'ModelTimeoutException', expected: { kind: 'timeout', maybeBilled: true } },
    { status: 400, type: 'ValidationException', expected: { kind: 'rejected', fallback: false, maybeBilled: false } },
    { status: 403, type: 'AccessDeniedException', expected: { kind: 'denied', fallback: true, maybeBilled: false } },
    { status: 403, type: 'UnrecognizedClientException', expected: { kind: 'denied', maybeBilled: false } },
    { status: 404, type: 'ResourceNotFoundException', expected: { kind: 'not_found', maybeBilled: false } },
  ])('says $expected.kind for $type, after one attempt', async ({ status, type, expected }) => {
    server.answerWith(({ response }) => refuse(response, status, type));

    await expect(collect(ask())).rejects.toMatchObject({ name: 'ProviderError', ...expected });

    expect(server.received).toHaveLength(1);
  });

  it('says unavailable for a page that is no answer of Bedrock', async () => {
    server.answerWith(({ response }) => {
      response.writeHead(502, { 'content-type': 'text/html' });
      response.end('<html>Bad gateway</html>');
    });

    await expect(collect(ask())).rejects.toMatchObject({ kind: 'unavailable', maybeBilled: true });
  });
});

describe('the Bedrock provider, when the stream fails', () => {
  const textOf = async (
    stream: AsyncIterable<ChatEvent>,
  ): Promise<{ text: string; error: unknown; finished: ChatEvent[] }> => {
    const events: ChatEvent[] = [];
    let error: unknown;
    try {
      for await (const event of stream) events.push(event);
    } catch (caught) {
      error = caught;
    }
    const words = events.map((event) => (event.type === 'text' ? event.text : '')).join('');
    return { text: words, error, finished: events.filter(({ type }) => type === 'finish') };
  };

  it.each([
    { kind: 'throttled', type: 'throttlingException' },
    { kind: 'unavailable', type: 'internalServerException' },
    { kind: 'unavailable', type: 'serviceUnavailableException' },
    { kind: 'cut', type: 'modelStreamErrorException' },
    { kind: 'rejected', type: 'validationException' },
  ])('says $kind for $type in the middle, maybe billed', async ({ kind, type }) => {
    server.answerWith(streamOf(START, text('Hel'), exceptionFrame(type)));

    const { text: words, error } = await textOf(ask());

    expect(words).toBe('Hel');
    expect(error).toMatchObject({ name: 'ProviderError', kind, maybeBilled: true });
  });

  it('says throttled, not billed, when the stream begins with it', async () => {
    server.answerWith(streamOf(exceptionFrame('throttlingException')));

    expect(await textOf(ask())).toMatchObject({
      text: '',
      error: { kind: 'throttled', retryable: true, maybeBilled: false },
    });
  });

  it('says unavailable, not billed, when the connection breaks before the head', async () => {
    server.answerWith(({ response }) => void response.destroy());

    expect(await textOf(ask())).toMatchObject({ error: { kind: 'unavailable', retryable: true, maybeBilled: false } });
  });

  it('says cut, maybe billed, when the connection breaks between head and first event', async () => {
    server.answerWith(cutAfter());

    expect(await textOf(ask())).toMatchObject({ text: '', error: { kind: 'cut', maybeBilled: true } });
  });

  it('says cut when the connection breaks in the middle', async () => {
    server.answerWith(cutAfter(START, text('Hel')));

    expect(await textOf(ask())).toMatchObject({ text: 'Hel', error: { kind: 'cut', maybeBilled: true } });
  });

  it('says cut when the stream ends in the middle of an event', async () => {
    server.answerWith(streamOf(START, text('Hel'), text('lo.').subarray(0, 20)));

    expect(await textOf(ask())).toMatchObject({ text: 'Hel', error: { kind: 'cut', maybeBilled: true } });
  });

  it('says cut when the stream ends without a stop event', async () => {
    server.answerWith(streamOf(START, text('Hel')));

    expect(await textOf(ask())).toMatchObject({ text: 'Hel', error: { kind: 'cut', maybeBilled: true } });
  });

  it('says cut when there is no event at all', async () => {
    server.answerWith(streamOf());

    expect(await textOf(ask())).toMatchObject({ text: '', error: { kind: 'cut', maybeBilled: true } });
  });

  it.each([
    { how: 'ends', answer: streamOf(START, text('Hello.'), STOP) },
    { how: 'breaks', answer: cutAfter(START, text('Hello.'), STOP) },
  ])('finishes with unknown usage when the stream $how between stop event and usage', async ({ answer }) => {
    server.answerWith(answer);

    expect(await textOf(ask())).toEqual({
      text: 'Hello.',
      error: undefined,
      finished: [{ type: 'finish', reason: 'stop', usage: undefined }],
    });
  });

  it('finishes once when the connection breaks after the usage', async () => {
    server.answerWith(cutAfter(START, text('Hello.'), STOP, METADATA));

    expect(await textOf(ask())).toMatchObject({
      text: 'Hello.',
      error: undefined,
      finished: [{ usage: { input: 3 } }],
    });
  });

  it('says malformed for an event with a wrong checksum', async () => {
    const broken = Uint8Array.from(text('lo.'));
    broken.fill(0xff, -4);
    server.answerWith(streamOf(START, text('Hel'), broken, STOP, METADATA));

    expect(await textOf(ask())).toMatchObject({ text: 'Hel', error: { kind: 'malformed', maybeBilled: true } });
  });

  it('says malformed for an event that is no JSON', async () => {
    server.answerWith(streamOf(START, text('Hel'), frame('contentBlockDelta', '{"delta":'), STOP, METADATA));

    expect(await textOf(ask())).toMatchObject({ text: 'Hel', error: { kind: 'malformed', maybeBilled: true } });
  });
});

describe('the Bedrock provider, when it is told to stop', () => {
  it('ends an attempt that has no answer yet, as a timeout that may be billed', async () => {
    const abort = new AbortController();
    let closed: Promise<unknown> = Promise.resolve();
    server.answerWith(({ request }) => {
      closed = once(request.socket, 'close');
      abort.abort();
    });

    const answer = collect(ask({ signal: abort.signal }));

    await expect(answer).rejects.toMatchObject({ kind: 'timeout', maybeBilled: true });
    await closed;
  });

  it('ends an attempt in the middle of its answer, and closes the connection', async () => {
    const abort = new AbortController();
    let closed: Promise<unknown> = Promise.resolve();
    server.answerWith(({ request, response }) => {
      closed = once(request.socket, 'close');
      beginStream(response);
      response.write(text('Hel'));
    });

    const read = async () => {
      for await (const event of ask({ signal: abort.signal })) if (event.type === 'text') abort.abort();
    };

    await expect(read()).rejects.toMatchObject({ kind: 'timeout', maybeBilled: true });
    await closed;
  });

  it('has nothing to complain of once the answer is finished', async () => {
    const abort = new AbortController();
    server.answerWith(({ response }) => {
      beginStream(response);
      for (const bytes of [text('Hello.'), STOP, METADATA]) response.write(bytes);
    });

    const events: ChatEvent[] = [];
    for await (const event of ask({ signal: abort.signal })) {
      events.push(event);
      if (event.type === 'finish') abort.abort();
    }

    expect(events.map(({ type }) => type)).toEqual(['text', 'finish']);
  });

  it('sends nothing when it was told before', async () => {
    server.answerWith(({ response }) => void response.destroy());

    await expect(collect(ask({ signal: AbortSignal.abort() }))).rejects.toMatchObject({ kind: 'timeout' });

    expect(server.received).toEqual([]);
  });

  it('waits for the head of an answer no longer than it may', async () => {
    server.answerWith(() => undefined);

    await expect(collect(ask({ from: createProvider(50) }))).rejects.toMatchObject({
      kind: 'timeout',
      maybeBilled: true,
    });
  });

  it('closes the connection when its reader leaves', async () => {
    let closed: Promise<unknown> = Promise.resolve();
    server.answerWith(({ request, response }) => {
      closed = once(request.socket, 'close');
      beginStream(response);
      response.write(text('Hel'));
    });

    for await (const event of ask()) if (event.type === 'text') break;

    await closed;
  });
});
