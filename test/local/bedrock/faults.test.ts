import { once } from 'node:events';
import { request } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { aRequest, MODEL, type SimulatorAndClient, startSimulatorAndClient, textOf } from './simulator-client';

let simulator: SimulatorAndClient;
beforeAll(async () => {
  simulator = await startSimulatorAndClient();
});
afterAll(() => simulator.stop());
beforeEach(() => simulator.control.reset());

const converse = (text: string, over = {}) => simulator.converse(aRequest(text, over));
const entry = () => simulator.bill.entries().at(-1);
const settled = async (): Promise<void> => {
  while (entry()?.connection === 'open') await setImmediate();
};
const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  );

/** Streams until the stream fails: the error, and how many events came before it. */
const streamUntilFailure = async (text: string) => {
  const seen: ConverseStreamOutput[] = [];
  const failure = await failureOf(simulator.stream(aRequest(text), seen));
  await settled();
  return { failure, events: seen.length };
};

describe('a fault before the answer', () => {
  it.each([
    ['throttle', 429, 'ThrottlingException'],
    ['status=503', 503, 'ServiceUnavailableException'],
    ['status=500', 500, 'InternalServerException'],
    ['status=408', 408, 'ModelTimeoutException'],
    ['status=424', 424, 'ModelErrorException'],
    ['status=403', 403, 'AccessDeniedException'],
  ])('%s is answered with %d %s and not billed', async (fault, httpStatusCode, name) => {
    await expect(converse(`[[fault:${fault}]]`)).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });

    expect(entry()).toMatchObject({ status: httpStatusCode, billed: undefined, faults: [fault] });
  });

  it('is billed when the marker says so', async () => {
    await expect(converse('[[tokens:40]] [[fault:status=500 billed]]')).rejects.toThrow('Simulated fault');

    expect(entry()?.billed).toMatchObject({ output: 40 });
  });

  it('times out without an answer, and ends when the caller leaves', async () => {
    const impatience = new AbortController();
    const answer = simulator.converse(aRequest('[[fault:timeout]]'), impatience.signal);
    while (simulator.bill.entries().length === 0 || entry()?.faults.length === 0) await setImmediate();

    impatience.abort();

    await expect(answer).rejects.toMatchObject({ name: 'AbortError' });
    await settled();
    expect(entry()).toMatchObject({ status: undefined, billed: undefined, connection: 'cut' });
  });

  it('resets the connection without a byte', async () => {
    const failure = await failureOf(converse('[[fault:reset]]'));

    expect(String(failure)).toContain('socket hang up');
    expect(entry()).toMatchObject({ billed: undefined, connection: 'cut' });
  });
});

describe('a fault within a stream', () => {
  it.each([
    ['error=0:throttlingException', 0, 'ThrottlingException'],
    ['error=3:modelStreamErrorException', 3, 'ModelStreamErrorException'],
    ['error=2', 2, 'InternalServerException'],
  ])('%s is an exception after %d events', async (fault, events, name) => {
    const failed = await streamUntilFailure(`[[fault:${fault}]]`);

    expect(failed).toMatchObject({ events, failure: { name } });
  });

  it('charges nothing for an exception before the first event, and what was served for a later one', async () => {
    await streamUntilFailure('[[fault:error=0]]');
    const early = entry();
    await streamUntilFailure('[[fault:error=3]]');
    const late = entry();

    expect(early?.billed).toBeUndefined();
    expect(late?.billed?.output).toBe(6);
  });

  it.each([0, 1, 5])('cuts the connection after %d events, and bills the whole generation', async (count) => {
    const failed = await streamUntilFailure(`[[tokens:100]] [[fault:cut=${count}]]`);

    expect(failed.events).toBe(count);
    expect(String(failed.failure)).toContain('aborted');
    expect(entry()).toMatchObject({ billed: { output: 100 }, served: { events: count }, connection: 'cut' });
  });

  it('sends a frame that no reader accepts', async () => {
    const failed = await streamUntilFailure('[[tokens:100]] [[fault:malformed=2]]');

    expect(failed).toMatchObject({ events: 2, failure: { message: expect.stringMatching(/checksum/i) } });
    expect(entry()).toMatchObject({ billed: { output: 100 }, connection: 'cut' });
  });

  it('falls silent and keeps the connection until the caller leaves', async () => {
    const { hostname, port } = new URL(simulator.url);
    const body = JSON.stringify(aRequest('[[tokens:100]] [[fault:stall=3]]', { modelId: undefined }));
    const call = request({
      hostname,
      port,
      method: 'POST',
      path: `/model/${encodeURIComponent(MODEL)}/converse-stream`,
    });
    call.end(body);
    const [response] = await once(call, 'response');
    response.on('error', () => call.destroy());
    while (entry()?.served.events !== 3) await once(response, 'data');

    call.destroy();

    await once(call, 'close');
    await settled();
    expect(entry()).toMatchObject({ billed: { output: 100 }, served: { events: 3 }, connection: 'cut' });
  });
});

describe('the same fault in a buffered answer', () => {
  it.each([
    ['error=2:serviceUnavailableException', 'ServiceUnavailableException'],
    ['cut=3', 'aborted'],
    ['malformed=2', 'SyntaxError'],
  ])('%s fails the call with %s', async (fault, failure) => {
    expect(String(await failureOf(converse(`[[fault:${fault}]]`)))).toContain(failure);
  });
});

describe('a fault in what the answer says', () => {
  it('reports and bills more than any estimate', async () => {
    const { usage } = await converse('[[fault:usage=above]]', { inferenceConfig: { maxTokens: 50 } });

    expect(usage?.outputTokens).toBe(100);
    expect(usage?.inputTokens).toBeGreaterThan(2 * '[[fault:usage=above]]'.length);
    expect(entry()?.billed).toMatchObject({ output: 100, input: usage?.inputTokens });
  });

  it('leaves the usage out, and bills all the same', async () => {
    const events = await simulator.stream(aRequest('[[tokens:40]] [[fault:no-usage]]'));

    expect(events.some((event) => event.metadata)).toBe(false);
    expect(entry()?.billed).toMatchObject({ output: 40 });
  });

  it('answers nothing at all', async () => {
    const events = await simulator.stream(aRequest('[[fault:empty]]'));
    const { output } = await converse('[[fault:empty]]');

    expect(events.map((event) => Object.keys(event)[0])).toEqual(['messageStart', 'messageStop', 'metadata']);
    expect(output?.message?.content).toEqual([]);
  });

  it('goes along with a fault of the delivery', async () => {
    await streamUntilFailure('[[fault:usage=above]] [[fault:cut=2]]');

    expect(entry()).toMatchObject({ billed: { output: 1_000 }, connection: 'cut', faults: ['usage=above', 'cut=2'] });
  });
});

describe('a fault that is limited', () => {
  it('strikes as often as it says, for every text anew', async () => {
    const text = '[[fault:throttle times=2]]';

    await expect(converse(text)).rejects.toThrow('Too many');
    await expect(converse(text)).rejects.toThrow('Too many');
    await expect(converse(text)).resolves.toBeDefined();
    await expect(converse(`${text} again`)).rejects.toThrow('Too many');
  });

  it('strikes only models whose id contains its part', async () => {
    const text = '[[fault:throttle model=lite]]';

    await expect(converse(text)).rejects.toThrow('Too many');
    await expect(converse(text, { modelId: 'amazon.nova-pro-v1:0' })).resolves.toBeDefined();
  });

  it('gives way to the next when it is used up', async () => {
    const text = '[[fault:throttle times=1]] [[fault:status=503, times=1]]';

    await expect(converse(text)).rejects.toThrow('Too many');
    await expect(converse(text)).rejects.toMatchObject({ name: 'ServiceUnavailableException' });
    await expect(converse(text)).resolves.toBeDefined();
  });

  it('is read from the last user message only', async () => {
    const messages = [
      { role: 'user' as const, content: [{ text: '[[fault:throttle]]' }] },
      { role: 'assistant' as const, content: [{ text: 'Sorry' }] },
      { role: 'user' as const, content: [{ text: 'Now?' }] },
    ];

    await expect(converse('unused', { messages })).resolves.toBeDefined();
  });

  it('is armed for requests that carry no marker', async () => {
    simulator.control.arm('throttle times=1');

    await expect(converse('Hi')).rejects.toThrow('Too many');
    expect(textOf(await simulator.stream(aRequest('Hi')))).toContain('simulated');
  });
});
