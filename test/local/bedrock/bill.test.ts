import { setImmediate } from 'node:timers/promises';
import { ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import { aRequest, type SimulatorAndClient, startSimulatorAndClient } from './simulator-client';

let simulator: SimulatorAndClient;
beforeAll(async () => {
  simulator = await startSimulatorAndClient();
});
afterAll(() => simulator.stop());
beforeEach(() => simulator.control.reset());

const control = async (order: string, body?: object): Promise<{ status: number; json: unknown }> => {
  const [method, path] = order.split(' ');
  const response = await fetch(`${simulator.url}/__simulator${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: body && JSON.stringify(body),
  });
  return { status: response.status, json: await response.json() };
};

describe('the bill of the simulator', () => {
  it('holds what every answer reported, with the metadata of the caller', async () => {
    const { usage, $metadata } = await simulator.converse(
      aRequest('Hi [[cache:read=10,write1h=5]]', { requestMetadata: { requestId: 'r1' } }),
    );

    expect(simulator.bill.entries()).toMatchObject([
      {
        id: $metadata.requestId,
        operation: 'converse',
        status: 200,
        connection: 'complete',
        requestMetadata: { requestId: 'r1' },
        billed: {
          input: usage?.inputTokens,
          output: usage?.outputTokens,
          cacheRead: 10,
          cacheWrite5m: 0,
          cacheWrite1h: 5,
        },
        served: { outputTokens: usage?.outputTokens },
      },
    ]);
  });

  it('charges the whole generation when the reader leaves', async () => {
    simulator.control.setPace({ eventMs: 5 });
    const leaving = new AbortController();
    const { stream = [] } = await simulator.client.send(new ConverseStreamCommand(aRequest('[[tokens:300]]')), {
      abortSignal: leaving.signal,
    });
    for await (const event of stream) if (event.contentBlockDelta) break;

    leaving.abort();

    while (simulator.bill.entries()[0]?.connection === 'open') await setImmediate();

    const [entry] = simulator.bill.entries();
    expect(entry).toMatchObject({ connection: 'cut', billed: { output: 300 } });
    expect(entry?.served.outputTokens).toBeLessThan(300);
  });

  it('sums by model', async () => {
    await simulator.converse(aRequest('[[tokens:30]]'));
    await simulator.converse(aRequest('[[tokens:40]]'));
    await expect(simulator.converse(aRequest('[[fault:throttle]]'))).rejects.toThrow('Too many');

    expect(simulator.bill.totals()).toMatchObject([
      { modelId: 'amazon.nova-lite-v1:0', requests: 3, billedRequests: 2, output: 70 },
    ]);
  });

  it('is read and emptied over HTTP', async () => {
    await simulator.converse(aRequest('[[tokens:30]]'));

    expect((await control('GET /bill')).json).toMatchObject({
      entries: [{ billed: { output: 30 } }],
      totals: [{ output: 30 }],
    });
    await control('DELETE /bill');
    expect((await control('GET /bill')).json).toEqual({ entries: [], totals: [] });
  });
});

describe('the control endpoint', () => {
  it('arms faults and clears them', async () => {
    await control('POST /faults', { fault: 'throttle' });
    await expect(simulator.converse(aRequest('Hi'))).rejects.toThrow('Too many');

    await control('DELETE /faults');

    await expect(simulator.converse(aRequest('Hi'))).resolves.toBeDefined();
  });

  it('sets the pace', async () => {
    const set = await control('PUT /pace', { eventMs: 10 });
    const startedAt = performance.now();

    const { metrics } = await simulator.converse(aRequest('[[exactly:a b c d e f g h i]]'));

    expect(set.json).toEqual({ firstEventMs: 0, eventMs: 10 });
    expect(metrics?.latencyMs).toBe(50);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(48);
  });

  it.each([
    ['POST /faults', { fault: 'nonsense' }, 400],
    ['PUT /pace', { eventMs: -1 }, 400],
    ['GET /nothing', undefined, 404],
  ])('refuses %s %j', async (order, body, status) => {
    expect((await control(order, body)).status).toBe(status);
  });

  it('takes no order that a web page could send unasked', async () => {
    const response = await fetch(`${simulator.url}/__simulator/faults`, {
      method: 'POST',
      body: '{"fault":"throttle"}',
    });

    expect(response.status).toBe(400);
    expect(simulator.control.armed()).toEqual([]);
  });

  it('tells its markers and faults', async () => {
    const { json } = await control('GET /');

    expect(json).toMatchObject({ markers: { say: {} }, faults: { throttle: {} } });
  });
});

describe('the pace of a request', () => {
  it.each([
    ['[[think:60]] [[exactly:a]]', 60],
    ['[[delay:20]] [[exactly:a]]', 60],
    ['[[rate:100]] [[exactly:a b c d e]]', 50],
  ])('follows %s', async (text, milliseconds) => {
    const startedAt = performance.now();

    const { metrics } = await simulator.converse(aRequest(text));

    expect(metrics?.latencyMs).toBe(milliseconds);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(milliseconds - 2);
  });
});
