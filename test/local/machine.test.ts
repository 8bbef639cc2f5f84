import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DataDirectoryTaken } from '../../local/state';
import { type LocalMachine, startLocalMachine } from '../support/local-machine';

const MODEL = 'claude-haiku-4-5';

let machine: LocalMachine;

beforeAll(async () => {
  machine = await startLocalMachine();
}, 180_000);
afterAll(() => machine.stop());

type Chat = { content?: string; stream?: boolean; machine?: LocalMachine };

const chat = ({ content = 'Hello', stream = false, machine: asked = machine }: Chat = {}): Promise<Response> =>
  fetch(`${asked.url}/v1/chat/completions`, {
    method: 'POST',
    // Debugged, so that the log tells how far a request has come.
    headers: {
      authorization: asked.authorization,
      'content-type': 'application/json',
      'x-fluxgate-cache': 'off',
      'x-debug': 'true',
    },
    body: JSON.stringify({ model: MODEL, stream, messages: [{ role: 'user', content }] }),
  });

const linesOf = (file: string): Record<string, unknown>[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

const until = async <T>(find: () => T | undefined | Promise<T | undefined>): Promise<T> => {
  for (;;) {
    const found = await find();
    if (found !== undefined) return found;
    await pause(50);
  }
};

const gatewayOf = (asked: LocalMachine) => asked.functionName('Gateway');

describe('the local machine', () => {
  it('answers the routes of the synthesised API with the functions behind them', async () => {
    const [health, answer, nowhere, wrongMethod] = await Promise.all([
      fetch(`${machine.url}/health`),
      chat(),
      fetch(`${machine.url}/nowhere`, { headers: { authorization: machine.authorization } }),
      fetch(`${machine.url}/health`, { method: 'DELETE' }),
    ]);

    expect(await health.json()).toMatchObject({ status: 'healthy' });
    expect(await answer.json()).toMatchObject({ object: 'chat.completion' });
    expect(nowhere.status).toBe(404);
    expect(wrongMethod.status).toBe(404);
    expect(await wrongMethod.json()).toMatchObject({ error: { code: 'unknown_route' } });
  });

  it('streams as the function writes', async () => {
    const answer = await chat({ stream: true });
    const arrivals: number[] = [];
    for await (const _ of answer.body ?? []) arrivals.push(performance.now());

    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    expect(arrivals.length).toBeGreaterThan(5);
  });

  it('keeps what happened as files: logs, EMF documents, access log, traces', async () => {
    const answer = await chat({ content: 'Trace me' });
    await answer.text();
    const requestId = answer.headers.get('x-fluxgate-request-id');
    const traceId = /Root=([^;]+)/.exec(answer.headers.get('x-amzn-trace-id') ?? '')?.[1];

    const emf = await until(() => linesOf(machine.emfFile).find(({ request_id }) => request_id === requestId));
    const log = linesOf(join(machine.logsDirectory, `${gatewayOf(machine)}.log`));
    const segments = await until(() => {
      const ofTrace = linesOf(machine.tracesFile).filter(({ trace_id }) => trace_id === traceId);
      const origins = ofTrace.map(({ origin }) => origin);
      return origins.includes('AWS::Lambda::Function') && origins.includes(undefined) ? ofTrace : undefined;
    });

    expect(emf).toMatchObject({ requests: 1, _aws: { CloudWatchMetrics: expect.any(Array) } });
    expect(log.filter(({ request_id, event }) => request_id === requestId && event !== undefined)).not.toEqual([]);
    expect(linesOf(join(machine.logsDirectory, 'api-access.log')).at(-1)).toMatchObject({ status: '200' });
    const [api, service, own, ...steps] = ['Stage', 'Lambda', 'Function', undefined].flatMap((origin) =>
      segments.filter((segment) => String(segment.origin).split('::').at(-1) === String(origin)),
    );
    expect(service?.parent_id).toBe(api?.id);
    expect(own?.parent_id).toBe(service?.id);
    expect(steps.map(({ parent_id }) => parent_id)).toContain(own?.id);
  });

  it('refuses a function what its role does not allow, and names it', async () => {
    const before = machine.principals;
    const gateway = gatewayOf(machine);
    machine.awsProxy.setPrincipals(
      before.map((principal) =>
        principal.name === gateway && principal.statements !== 'allow-all'
          ? {
              ...principal,
              statements: principal.statements.filter(({ Action }) => !String(Action).includes('bedrock')),
            }
          : principal,
      ),
    );

    const answer = await chat();
    const denied = machine.awsProxy.decisions.denied();
    machine.awsProxy.setPrincipals(before);

    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(denied).toContainEqual(
      expect.objectContaining({ action: expect.stringContaining('bedrock:InvokeModel'), allowed: false }),
    );
  });

  it('answers 502 when the process of a function is killed, and goes on with another', async () => {
    const routed = () => linesOf(gatewayLog()).filter(({ event }) => event === 'routing_decision').length;
    const before = routed();
    const answering = chat({ content: '[[think:20000]] Hello' });
    await until(() => (routed() > before ? true : undefined));
    for (const { processId } of machine.environments()) process.kill(processId, 'SIGKILL');

    const killed = await answering;
    const next = await chat();

    expect(killed.status).toBe(502);
    expect(await killed.json()).toMatchObject({ error: { code: 'edge_failed' } });
    expect(next.status).toBe(200);
  });

  it('deletes what has expired, and nothing else', async () => {
    const cache = machine.assembly.tables.find(({ name }) => name.includes('Cache'))?.name ?? '';
    const client = new DynamoDBClient({
      endpoint: machine.dynamoEndpoint,
      region: 'us-east-1',
      credentials: machine.operator,
    });
    const inSeconds = (seconds: number) => ({ N: String(Math.floor(Date.now() / 1000) + seconds) });
    const exists = async (pk: string) =>
      (await client.send(new GetItemCommand({ TableName: cache, Key: { pk: { S: pk } }, ConsistentRead: true })))
        .Item !== undefined;
    await client.send(new PutItemCommand({ TableName: cache, Item: { pk: { S: 'old' }, expiresAt: inSeconds(-5) } }));
    await client.send(new PutItemCommand({ TableName: cache, Item: { pk: { S: 'new' }, expiresAt: inSeconds(60) } }));

    await machine.expireItems();

    expect([await exists('old'), await exists('new')]).toEqual([false, true]);
    client.destroy();
  });
});

describe('a machine that keeps its state and freezes its functions between calls', () => {
  let dataDirectory: string;
  let first: LocalMachine;

  beforeAll(async () => {
    dataDirectory = mkdtempSync(join(tmpdir(), 'fluxgate-data-'));
    first = await startLocalMachine({ dataDirectory, freeze: true });
  }, 180_000);
  afterAll(() => rmSync(dataDirectory, { recursive: true, force: true }));

  it('serves one call after the other, shares its folder with no other machine, and finds all again', async () => {
    const statuses = [];
    let requestId = '';
    for (let call = 0; call < 4; call += 1) {
      const answer = await chat({ machine: first, content: `Call ${call}` });
      await answer.text();
      statuses.push(answer.status);
      requestId = answer.headers.get('x-fluxgate-request-id') ?? '';
    }
    await expect(startLocalMachine({ dataDirectory })).rejects.toBeInstanceOf(DataDirectoryTaken);
    const recorded = await until(() => findRecord(first, requestId));
    await first.stop();
    const second = await startLocalMachine({ dataDirectory });
    const found = await findRecord(second, requestId);
    await second.stop();

    expect(statuses).toEqual([200, 200, 200, 200]);
    expect(second.apiKey).toBe(first.apiKey);
    expect(found).toEqual(recorded);
  }, 180_000);
});

const gatewayLog = () => join(machine.logsDirectory, `${gatewayOf(machine)}.log`);

const findRecord = async (asked: LocalMachine, requestId: string): Promise<unknown> => {
  const answer = await fetch(`${asked.url}/v1/requests/${requestId}`, {
    headers: { authorization: asked.authorization },
  });
  return answer.status === 200 ? answer.json() : undefined;
};
