import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { TableDefinition } from '../../../local/assembly/read-tables';
import { createTables, type StreamNames } from '../../../local/dynamodb/create-tables';
import { startDynamoDb } from '../../../local/dynamodb/start-dynamodb';
import { type Children, createChildren } from '../../../local/processes/children';
import { createCheckpoints } from '../../../local/streams/checkpoints';
import type { EventSource } from '../../../local/streams/event-source';
import type { FailureObject } from '../../../local/streams/failure-record';
import { type PollDeps, type Poller, pollStream } from '../../../local/streams/poll-stream';
import type { StreamRecord } from '../../../local/streams/stream-record';
import { anEventSource } from './stream-parts';

let children: Children;
let client: DynamoDBClient;
let streams: DynamoDBStreamsClient;
let pollers: Poller[] = [];

beforeAll(async () => {
  children = createChildren();
  const endpoint = await startDynamoDb({ children });
  const connection = { endpoint, region: 'eu-west-1', credentials: { accessKeyId: 'a', secretAccessKey: 'b' } };
  client = new DynamoDBClient(connection);
  streams = new DynamoDBStreamsClient(connection);
}, 60_000);

afterEach(async () => {
  await Promise.all(pollers.map((poller) => poller.stop()));
  pollers = [];
});

afterAll(async () => {
  client.destroy();
  streams.destroy();
  await children.stop();
});

let tables = 0;

const createTable = async (): Promise<{ name: string; stream: StreamNames }> => {
  tables += 1;
  const name = `Table${tables}`;
  const arn = `arn:aws:dynamodb:eu-west-1:123456789012:table/${name}`;
  const definition: TableDefinition = {
    name,
    arn,
    streamArn: 'template',
    schema: {
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
    },
  };
  const stream = (await createTables(client, [definition])).get('template');
  if (stream === undefined) throw new Error('The table has no stream.');
  return { name, stream };
};

type Consumer = {
  batches: StreamRecord[][];
  /** Resolves when so many records were taken in. */
  received(count: number): Promise<void>;
  failures: FailureObject[];
  failed(count: number): Promise<void>;
};

const consume = (
  stream: StreamNames,
  source: Partial<EventSource> = {},
  overrides: Partial<PollDeps> & { breakOn?: string } = {},
): Consumer => {
  const batches: StreamRecord[][] = [];
  const failures: FailureObject[] = [];
  const { breakOn, ...deps } = overrides;
  const waiting = new Set<() => void>();
  const until = (isMet: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => isMet() && resolve();
      waiting.add(look);
      look();
    });
  const tell = () => {
    for (const look of waiting) look();
  };
  pollers.push(
    pollStream({
      source: anEventSource(source),
      stream,
      client: streams,
      functionArn: 'arn:function',
      region: 'eu-west-1',
      checkpoints: createCheckpoints(undefined),
      isExpiry: () => false,
      invoke: async (payload) => {
        const { Records } = JSON.parse(payload.toString());
        if (breakOn !== undefined && payload.includes(breakOn)) {
          return { payload: Buffer.from('{}'), functionError: 'Unhandled' };
        }
        batches.push(Records);
        tell();
        return { payload: Buffer.from('null') };
      },
      putFailure: async (_bucket, object) => {
        failures.push(object);
        tell();
      },
      onFailure: (error) => {
        throw error;
      },
      ...deps,
    }),
  );
  return {
    batches,
    failures,
    received: (count) => until(() => batches.flat().length >= count),
    failed: (count) => until(() => failures.length >= count),
  };
};

const put = (table: string, pk: string, more: PutItemCommand['input']['Item'] = {}) =>
  client.send(new PutItemCommand({ TableName: table, Item: { pk: { S: pk }, ...more } }));

const keysOf = (records: readonly StreamRecord[]) => records.map(({ dynamodb }) => dynamodb.Keys.pk);

describe('a polled stream', () => {
  it("hands over records in Lambda's own shape: seconds as a number, bytes as base64", async () => {
    const { name, stream } = await createTable();
    const consumer = consume(stream);

    await put(name, 'a', { bytes: { B: Buffer.from('x') }, list: { L: [{ BS: [Buffer.from('y')] }] } });
    await consumer.received(1);

    const [record] = consumer.batches.flat();
    expect(record).toMatchObject({
      eventName: 'INSERT',
      eventSource: 'aws:dynamodb',
      awsRegion: 'eu-west-1',
      eventSourceARN: stream.arn,
      dynamodb: {
        Keys: { pk: { S: 'a' } },
        NewImage: { pk: { S: 'a' }, bytes: { B: 'eA==' }, list: { L: [{ BS: ['eQ=='] }] } },
        StreamViewType: 'NEW_IMAGE',
      },
    });
    expect(record?.dynamodb.ApproximateCreationDateTime).toBeGreaterThan(1_700_000_000);
  });

  it('keeps the order, in batches of the size of the mapping', async () => {
    const { name, stream } = await createTable();
    const keys = Array.from({ length: 25 }, (_, index) => String(index));
    for (const key of keys) await put(name, key);

    const consumer = consume(stream, { batchSize: 10 });
    await consumer.received(25);

    expect(keysOf(consumer.batches.flat())).toEqual(keys.map((S) => ({ S })));
    expect(consumer.batches.map(({ length }) => length)).toEqual([10, 10, 5]);
  });

  it('waits for more as long as the window of the mapping', async () => {
    const { name, stream } = await createTable();
    const consumer = consume(stream, { batchingWindowSeconds: 2 });

    await put(name, 'first');
    await put(name, 'second');
    await consumer.received(2);

    expect(consumer.batches.map(({ length }) => length)).toEqual([2]);
  });

  it('hands over only what a filter wants', async () => {
    const { name, stream } = await createTable();
    const consumer = consume(stream, {
      filters: [{ eventName: ['INSERT'], dynamodb: { Keys: { pk: { S: ['wanted'] } } } }],
    });

    await put(name, 'unwanted');
    await client.send(new DeleteItemCommand({ TableName: name, Key: { pk: { S: 'unwanted' } } }));
    await put(name, 'wanted');
    await consumer.received(1);

    expect(keysOf(consumer.batches.flat())).toEqual([{ S: 'wanted' }]);
  });

  it('keeps a record that always fails in the failure bucket and goes on', async () => {
    const { name, stream } = await createTable();
    for (const key of ['before', 'poison', 'after']) await put(name, key);

    const consumer = consume(stream, { bisects: true, retryAttempts: 1 }, { breakOn: 'poison' });
    await consumer.failed(1);
    await consumer.received(2);

    expect(keysOf(consumer.batches.flat())).toEqual([{ S: 'before' }, { S: 'after' }]);
    expect(keysOf(JSON.parse(JSON.parse(consumer.failures[0]?.body ?? '').payload).Records)).toEqual([{ S: 'poison' }]);
  });

  it('says who deleted what had expired', async () => {
    const { name, stream } = await createTable();
    const consumer = consume(stream, {}, { isExpiry: ({ pk }) => JSON.stringify(pk) === '{"S":"expired"}' });

    for (const key of ['expired', 'deleted']) {
      await put(name, key);
      await client.send(new DeleteItemCommand({ TableName: name, Key: { pk: { S: key } } }));
    }
    await consumer.received(4);

    const removals = consumer.batches.flat().filter(({ eventName }) => eventName === 'REMOVE');
    expect(removals.map(({ userIdentity }) => userIdentity)).toEqual([
      { type: 'Service', principalId: 'dynamodb.amazonaws.com' },
      undefined,
    ]);
  });

  it('goes on after a restart where it was', async () => {
    const { name, stream } = await createTable();
    const folder = mkdtempSync(join(tmpdir(), 'fluxgate-checkpoints-'));
    const file = join(folder, 'checkpoints.json');
    const checkpoints = createCheckpoints(file);
    let save: () => void = () => undefined;
    const isSaved = new Promise<void>((resolve) => (save = resolve));
    consume(
      stream,
      {},
      {
        checkpoints: {
          ...checkpoints,
          save: (...saved) => {
            checkpoints.save(...saved);
            save();
          },
        },
      },
    );
    await put(name, 'first');
    await isSaved;
    await pollers.pop()?.stop();

    await put(name, 'second');
    const after = consume(stream, {}, { checkpoints: createCheckpoints(file) });
    await after.received(1);
    await pollers.pop()?.stop();
    rmSync(folder, { recursive: true });

    expect(keysOf(after.batches.flat())).toEqual([{ S: 'second' }]);
  });

  it('stops at once, also while the function is at work', async () => {
    const { name, stream } = await createTable();
    let invoked: () => void = () => undefined;
    const isInvoked = new Promise<void>((resolve) => (invoked = resolve));
    consume(stream, {}, { invoke: () => new Promise(() => invoked()) });
    await put(name, 'a');
    await isInvoked;

    await expect(pollers.pop()?.stop()).resolves.toBeUndefined();
  });
});
