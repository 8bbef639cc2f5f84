import { request as httpRequest } from 'node:http';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { costNanoUsd } from '../../lambdas/core/models/price';
import { resolveTargets } from '../../lambdas/core/models/resolve-targets';
import { type LocalMachine, startLocalMachine } from '../support/local-machine';

const MODEL = 'claude-haiku-4-5';
const ONE_USD = 1_000_000_000;
const ONE_USD_A_MONTH = { nanoUsd: ONE_USD, period: 'month' };

let machine: LocalMachine;
let store: DynamoDBClient;

beforeAll(async () => {
  machine = await startLocalMachine({ unthrottled: true });
  store = new DynamoDBClient({ endpoint: machine.dynamoEndpoint, region: 'us-east-1', credentials: machine.operator });
}, 180_000);
afterAll(async () => {
  store.destroy();
  await machine.stop();
});
beforeEach(() => {
  machine.simulator?.bill.reset();
  machine.awsProxy.faults.clear();
});

const tableOf = (construct: string): string => {
  const table = machine.assembly.tables.find(({ name }) => name.includes(construct));
  if (!table) throw new Error(`The assembly has no table ${construct}.`);
  return table.name;
};
const itemsOf = async (construct: string): Promise<Record<string, unknown>[]> => {
  const items: Record<string, unknown>[] = [];
  let start: ScanCommand['input']['ExclusiveStartKey'];
  do {
    const page = await store.send(
      new ScanCommand({ TableName: tableOf(construct), ConsistentRead: true, ExclusiveStartKey: start }),
    );
    items.push(...(page.Items ?? []).map((item) => unmarshall(item)));
    start = page.LastEvaluatedKey;
  } while (start);
  return items;
};
const recordsOf = async (accountId: string) =>
  (await itemsOf('Ledger')).filter((item) => item.accountId === accountId && item.sk === 'record');
/** The client never waits for its record: they come in right after its last byte. */
const settled = async (accountId: string, count: number) => {
  await until(
    `${count} records are there`,
    async () => (await recordsOf(accountId)).length >= count && (await openRequests()).length === 0,
  );
  return recordsOf(accountId);
};
const openRequests = async () => (await itemsOf('Ledger')).filter(({ pk }) => String(pk).startsWith('inflight#'));

let accounts = 0;
const createKey = async (limits: Record<string, unknown> = {}) => {
  const account = `acct${++accounts}`;
  const { payload } = await machine.invoke(
    machine.functionName('Management'),
    Buffer.from(JSON.stringify({ action: 'keys.create', account, ...limits })),
  );
  const answer: { key?: string } = JSON.parse(payload.toString());
  if (!answer.key) throw new Error(`No key was created: ${payload.toString()}`);
  return { account, key: answer.key };
};

type Reply = { status: number; body: string; requestId: string };

/** One chat request over plain HTTP; with `leaveAfter` the client destroys its connection after so many body bytes. */
const chat = (key: string, body: Record<string, unknown>, leaveAfter = Number.POSITIVE_INFINITY): Promise<Reply> =>
  new Promise((resolve, reject) => {
    const json = JSON.stringify({ model: MODEL, ...body });
    const sent = httpRequest(`${machine.url}/v1/chat/completions`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(json),
      },
    });
    sent.on('error', reject);
    sent.on('response', (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      const reply = () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString(),
          requestId: String(response.headers['x-fluxgate-request-id'] ?? ''),
        });
      const leave = () => {
        response.destroy();
        reply();
      };
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        bytes += chunk.length;
        if (bytes >= leaveAfter) leave();
      });
      response.on('end', reply);
      response.on('error', () => reply());
      if (leaveAfter === 0) leave();
    });
    sent.end(json);
  });

const user = (content: string) => ({ messages: [{ role: 'user', content }] });

const until = async (what: string, holds: () => Promise<boolean>, withinMs = 30_000): Promise<void> => {
  const deadline = Date.now() + withinMs;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`It did not come to pass that ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const priceOf = (tokens: Parameters<typeof costNanoUsd>[1]): number => {
  const found = resolveTargets(MODEL, { region: 'us-east-1', profile: 'us' }, Date.now());
  const cost = typeof found === 'object' && found.targets[0] ? costNanoUsd(found.targets[0].price, tokens) : undefined;
  if (cost === undefined) throw new Error('The model of this test has no price.');
  return cost;
};
const billed = () => (machine.simulator?.bill.entries() ?? []).flatMap((entry) => (entry.billed ? [entry] : []));
const billNanoUsd = () => billed().reduce((sum, entry) => sum + (entry.billed ? priceOf(entry.billed) : 0), 0);
const sum = (records: Record<string, unknown>[], field: string) =>
  records.reduce((total, record) => total + Number(record[field]), 0);

it('1,000 parallel calls on a one-dollar budget spend at most that dollar, and what the provider billed', async () => {
  const { account, key } = await createKey({ budget: ONE_USD_A_MONTH });

  const replies = await Promise.all(
    Array.from({ length: 1_000 }, () => chat(key, { ...user('[[tokens:3000]]'), max_tokens: 3_000 })),
  );

  const records = await recordsOf(account);
  const spent = sum(records, 'costNanoUsd');
  expect(
    [...new Set(replies.map(({ status }) => status))].filter((status) => ![200, 402, 429].includes(status)),
  ).toEqual([]);
  expect(spent).toBeLessThanOrEqual(ONE_USD);
  expect(spent).toBeGreaterThan(ONE_USD / 2);
  expect(spent).toBe(billNanoUsd());
  expect(sum(records, 'overshootNanoUsd')).toBe(0);
  expect(await openRequests()).toEqual([]);
}, 240_000);

it('a client that leaves after any number of bytes is recorded with what the provider billed', async () => {
  const { account, key } = await createKey();
  const leavings = [0, 1, 10, 100, 300, 700, 1_500, 3_000, 6_000];

  await Promise.all(
    leavings.map((bytes) => chat(key, { ...user(`[[tokens:150]] [[delay:4]] ${bytes}`), stream: true }, bytes)),
  );

  const records = await settled(account, leavings.length);
  expect(sum(records, 'costNanoUsd')).toBe(billNanoUsd());
  expect(records.filter(({ unmetered }) => unmetered)).toEqual([]);
}, 60_000);

it('a client that stops reading after any number of bytes does not stop the provider, nor the record', async () => {
  const { account, key } = await createKey();
  const stalls = [0, 1, 1_000, 30_000, 300_000];
  const body = { model: MODEL, stream: true, max_tokens: 8_000 };

  const clients = stalls.map((bytes) => {
    const sent = httpRequest(`${machine.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    });
    sent.on('response', (response) => {
      let read = 0;
      response.on('data', (chunk: Buffer) => {
        read += chunk.length;
        if (read >= bytes) response.pause();
      });
      if (bytes === 0) response.pause();
    });
    sent.on('error', () => {});
    sent.end(JSON.stringify({ ...body, ...user(`[[tokens:8000]] [[delay:0]] ${bytes}`) }));
    return sent;
  });

  const records = await settled(account, stalls.length);
  expect(records).toHaveLength(stalls.length);
  expect(sum(records, 'costNanoUsd')).toBe(billNanoUsd());
  for (const client of clients) client.destroy();
}, 60_000);

it.each(['lostAnswer', 'throttle', 'internalError'] as const)(
  'a store whose calls end in %s leaks no hold and counts nothing twice',
  async (kind) => {
    const { account, key } = await createKey({ budget: ONE_USD_A_MONTH, rpm: 100, tpm: 1_000_000 });
    const statuses: number[] = [];
    for (let after = 0; after < 8; after++) {
      machine.awsProxy.faults.clear();
      machine.awsProxy.faults.add({
        service: 'dynamodb',
        kind,
        principal: machine.functionName('Gateway'),
        times: 1,
        after,
      });

      const { status } = await chat(key, { ...user(`${kind} ${after}`), max_tokens: 20 });
      statuses.push(status);
    }
    machine.awsProxy.faults.clear();
    expect(statuses).toEqual(Array.from({ length: 8 }, () => 200));

    const records = await settled(account, 8);
    const spent = sum(records, 'costNanoUsd');
    const scopes = (await itemsOf('Limits')).filter(({ pk }) => String(pk).includes(key.split('_')[1] ?? ''));
    expect(records).toHaveLength(8);
    expect(scopes).toMatchObject([{ inFlight: 0, [`b_${new Date().toISOString().slice(0, 7)}`]: spent }]);
    expect(spent).toBe(billNanoUsd());
  },
  60_000,
);

it('usage above the bound is recorded truly and counted as overshoot', async () => {
  const { account, key } = await createKey({ budget: ONE_USD_A_MONTH });

  await chat(key, { ...user('[[fault:usage=above]] [[tokens:2000]]'), max_tokens: 2_000 });

  const [record] = await settled(account, 1);
  expect(record?.costNanoUsd).toBe(billNanoUsd());
  expect(record?.overshootNanoUsd).toBeGreaterThan(0);
  expect(record?.overshootNanoUsd).toBe(Number(record?.costNanoUsd) - Number(record?.heldNanoUsd));
});

it('two accounts share no cached answer', async () => {
  const [first, second] = [await createKey({ cache: true }), await createKey({ cache: true })];
  await chat(first.key, user('the same question'));

  await chat(second.key, user('the same question'));

  expect((await settled(second.account, 1)).map(({ cache }) => cache)).toEqual(['miss']);
});

it('a grant that is taken away makes the call fail, naming the action and the resource', async () => {
  const { key } = await createKey();
  const name = machine.functionName('Gateway');
  const allowed = machine.principals;
  machine.awsProxy.setPrincipals(
    allowed.map((principal) =>
      principal.name === name && principal.statements !== 'allow-all'
        ? {
            ...principal,
            statements: principal.statements.filter((statement) => !JSON.stringify(statement).includes('bedrock:')),
          }
        : principal,
    ),
  );

  const { status, body } = await chat(key, user('hello'));

  machine.awsProxy.setPrincipals(allowed);
  expect([status, JSON.parse(body).error.code]).toEqual([503, 'no_provider_answered']);
  expect(machine.awsProxy.decisions.denied().at(-1)).toMatchObject({
    principal: name,
    action: expect.stringContaining('bedrock:InvokeModel'),
  });
});

it('every provider call carries the id of its record', async () => {
  const { account, key } = await createKey();

  await chat(key, user('who asks?'));

  const [record] = await settled(account, 1);
  expect(billed().map(({ requestMetadata }) => requestMetadata['fluxgate-request-id'])).toEqual([record?.requestId]);
});
