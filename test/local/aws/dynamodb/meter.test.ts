import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
  ScanCommand,
  TransactGetItemsCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { aFunction, refusalOf } from '../start-test-proxy';
import { type DynamoFixture, startDynamoFixture } from './dynamo-fixture';

const KB = 1024;

let fixture: DynamoFixture;
let client: DynamoDBClient;

beforeAll(async () => {
  fixture = await startDynamoFixture(
    aFunction('writer', { Effect: 'Allow', Action: '*', Resource: '*' }),
    aFunction('reader', { Effect: 'Allow', Action: '*', Resource: '*' }),
  );
  client = fixture.clientFor('WRITER');
});
afterAll(() => fixture.close());

let made = 0;
const aKey = () => {
  made += 1;
  // Always two characters, so that an item's size is the same in every test.
  return (made + 100).toString(36).padStart(2, '0').slice(-2);
};

/** An item of exactly so many bytes: the names and values of `pk` (2 + 2) and `v` (1 + the rest). */
const anItem = (pk: string, bytes: number) => ({ pk: { S: pk }, v: { S: 'x'.repeat(bytes - 5) } });
const aThing = (pk: string) => ({ TableName: 'Things', Key: { pk: { S: pk } } });
const put = (pk: string, bytes: number) =>
  client.send(new PutItemCommand({ TableName: 'Things', Item: anItem(pk, bytes) }));
const setTo = (bytes: number) => ({
  UpdateExpression: 'SET v = :v',
  ExpressionAttributeValues: { ':v': { S: 'x'.repeat(bytes - 5) } },
});

/** The table's units of what is done, without what was done before. */
const unitsOf = async (act: () => Promise<unknown>) => {
  fixture.proxy.meter.reset();
  await act();
  const { readUnits, writeUnits } = fixture.proxy.meter.total();
  return { readUnits, writeUnits };
};
const written = (writeUnits: number) => ({ writeUnits, readUnits: 0 });
const readBy = (readUnits: number) => ({ writeUnits: 0, readUnits });

describe('a single write is metered', () => {
  it.each([
    [512, 1],
    [KB, 1],
    [KB + 1, 2],
    [3.5 * KB, 4],
  ])('by its size: putting %d bytes takes %d units', async (bytes, units) => {
    expect(await unitsOf(() => put(aKey(), bytes))).toEqual(written(units));
  });

  it('by the larger of the two versions when a put replaces an item', async () => {
    const pk = aKey();
    await put(pk, 3 * KB);

    expect(await unitsOf(() => put(pk, 100))).toEqual(written(3));
  });

  it.each([
    ['shrinks', 3 * KB, 100, 3],
    ['grows', 100, 3 * KB, 3],
  ])('by the larger of the two versions when an update %s an item', async (_, before, after, units) => {
    const pk = aKey();
    await put(pk, before);

    expect(await unitsOf(() => client.send(new UpdateItemCommand({ ...aThing(pk), ...setTo(after) })))).toEqual(
      written(units),
    );
  });

  it.each(['NONE', 'ALL_OLD', 'UPDATED_OLD', 'ALL_NEW', 'UPDATED_NEW'] as const)(
    'without changing what an update answers: ReturnValues %s',
    async (ReturnValues) => {
      const direct = { ...aThing(aKey()), ...setTo(20), ReturnValues };
      const metered = { ...aThing(aKey()), ...setTo(20), ReturnValues };
      for (const { Key } of [direct, metered]) await put(Key.pk.S, 2 * KB);

      const expected = await fixture.direct.send(new UpdateItemCommand(direct));
      let actual: typeof expected | undefined;
      const units = await unitsOf(async () => {
        actual = await client.send(new UpdateItemCommand(metered));
      });

      const sameKey = JSON.stringify(expected.Attributes)?.replace(direct.Key.pk.S, metered.Key.pk.S);
      expect(JSON.stringify(actual?.Attributes)).toBe(sameKey);
      expect(units).toEqual(written(2));
    },
  );

  it('by what it removes', async () => {
    const pk = aKey();
    await put(pk, 2.5 * KB);
    const remove = () => client.send(new DeleteItemCommand(aThing(pk)));

    expect(await unitsOf(remove)).toEqual(written(3));
    expect(await unitsOf(remove)).toEqual(written(1));
  });

  it('by the item that is there when its condition fails', async () => {
    const pk = aKey();
    await put(pk, 3 * KB);
    const condition = { ConditionExpression: 'attribute_not_exists(pk)' };
    const onlyOld = { ConditionExpression: 'attribute_exists(pk)' };

    const refusals = [
      () => client.send(new PutItemCommand({ TableName: 'Things', Item: anItem(pk, 5 * KB), ...condition })),
      () => client.send(new PutItemCommand({ TableName: 'Things', Item: anItem(aKey(), 5 * KB), ...onlyOld })),
    ];
    const units = [];
    for (const refusal of refusals) units.push(await unitsOf(() => refusalOf(refusal())));

    expect(units).toEqual([written(3), written(1)]);
  });

  it('without showing the item of a failed condition to who has not asked for it', async () => {
    const pk = aKey();
    await put(pk, 100);
    const refused = {
      TableName: 'Things',
      Item: { pk: { S: pk } },
      ConditionExpression: 'attribute_not_exists(pk)',
    };

    const unasked = await refusalOf(client.send(new PutItemCommand(refused)));
    const asked = await refusalOf(
      client.send(new PutItemCommand({ ...refused, ReturnValuesOnConditionCheckFailure: 'ALL_OLD' })),
    );

    expect(unasked).toMatchObject({
      name: 'ConditionalCheckFailedException',
      message: 'The conditional request failed',
      Item: undefined,
    });
    expect(asked).toHaveProperty('Item', anItem(pk, 100));
  });

  it('not at all when it is refused as invalid', async () => {
    const invalid = new UpdateItemCommand({ ...aThing(aKey()), UpdateExpression: 'SET nonsense' });

    expect(await unitsOf(() => refusalOf(client.send(invalid)))).toEqual(written(0));
  });
});

describe('writes of many items are metered', () => {
  it('one by one in a batch', async () => {
    const gone = aKey();
    await put(gone, 2 * KB);
    const batch = new BatchWriteItemCommand({
      RequestItems: {
        Things: [
          { PutRequest: { Item: anItem(aKey(), 1.5 * KB) } },
          { PutRequest: { Item: anItem(aKey(), 10) } },
          { DeleteRequest: { Key: { pk: { S: gone } } } },
        ],
      },
    });

    expect(await unitsOf(() => client.send(batch))).toEqual(written(2 + 1 + 2));
  });

  const aTransaction = (members: TransactWriteItem[], ClientRequestToken?: string) =>
    new TransactWriteItemsCommand({ TransactItems: members, ClientRequestToken });

  it('twice over in a transaction, by the larger version of each item, conditions included', async () => {
    const [updated, gone, checked] = [aKey(), aKey(), aKey()];
    for (const pk of [updated, gone, checked]) await put(pk, 2.5 * KB);
    const transaction = aTransaction([
      { Put: { TableName: 'Things', Item: anItem(aKey(), 1.5 * KB) } },
      { Update: { ...aThing(updated), ...setTo(10) } },
      { Delete: aThing(gone) },
      { ConditionCheck: { ...aThing(checked), ConditionExpression: 'attribute_exists(pk)' } },
    ]);

    expect(await unitsOf(() => client.send(transaction))).toEqual(written(2 * (2 + 3 + 3 + 3)));
  });

  it('as transactional reads when a transaction is repeated under its token', async () => {
    const pk = aKey();
    const transaction = aTransaction([{ Put: { TableName: 'Things', Item: anItem(pk, 5 * KB) } }], `token-${pk}`);

    expect(await unitsOf(() => client.send(transaction))).toEqual(written(10));
    expect(await unitsOf(() => client.send(transaction))).toEqual(readBy(4));
  });

  it('in full when a condition cancels the transaction', async () => {
    const pk = aKey();
    await put(pk, 1.5 * KB);
    const transaction = aTransaction([
      { Put: { TableName: 'Things', Item: anItem(pk, 10), ConditionExpression: 'attribute_not_exists(pk)' } },
      { Put: { TableName: 'Things', Item: anItem(aKey(), 10) } },
    ]);

    expect(await unitsOf(() => refusalOf(client.send(transaction)))).toEqual(written(2 * (2 + 1)));
  });
});

describe('reads are metered', () => {
  it.each([
    ['an item of 3.5 KB, eventually', 3.5 * KB, false, 0.5],
    ['an item of 3.5 KB, strongly', 3.5 * KB, true, 1],
    ['an item of 8 KB, strongly', 8 * KB, true, 2],
    ['an item of 8 KB and a byte, eventually', 8 * KB + 1, false, 1.5],
  ])('%s', async (_, bytes, ConsistentRead, units) => {
    const pk = aKey();
    await put(pk, bytes);

    expect(await unitsOf(() => client.send(new GetItemCommand({ ...aThing(pk), ConsistentRead })))).toEqual(
      readBy(units),
    );
  });

  it('also where nothing is found', async () => {
    expect(await unitsOf(() => client.send(new GetItemCommand(aThing(aKey()))))).toEqual(readBy(0.5));
  });

  it('by the whole item when only a part of it is asked for', async () => {
    const pk = aKey();
    await put(pk, 9 * KB);
    const read = new GetItemCommand({ ...aThing(pk), ProjectionExpression: 'pk', ConsistentRead: true });

    expect(await unitsOf(() => client.send(read))).toEqual(readBy(3));
  });

  it('one by one in a batch, each rounded up', async () => {
    const keys = [aKey(), aKey(), aKey()];
    await put(keys[0] ?? '', 1.5 * KB);
    await put(keys[1] ?? '', 6.5 * KB);
    const batch = new BatchGetItemCommand({
      RequestItems: { Things: { Keys: keys.map((pk) => ({ pk: { S: pk } })), ConsistentRead: true } },
    });

    expect(await unitsOf(() => client.send(batch))).toEqual(readBy(1 + 2 + 1));
  });

  it('twice over in a transaction', async () => {
    const keys = [aKey(), aKey()];
    await put(keys[0] ?? '', 5 * KB);
    const read = new TransactGetItemsCommand({ TransactItems: keys.map((pk) => ({ Get: aThing(pk) })) });

    expect(await unitsOf(() => client.send(read))).toEqual(readBy(2 * 2 + 2 * 1));
  });

  describe('in ranges', () => {
    const range = {
      TableName: 'Pairs',
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'range' } },
    };

    beforeAll(async () => {
      for (const sk of ['a', 'b', 'c']) {
        const Item = { pk: { S: 'range' }, sk: { S: sk }, owner: { S: 'us' }, v: { S: 'x'.repeat(3 * KB) } };
        await client.send(new PutItemCommand({ TableName: 'Pairs', Item }));
      }
    });

    it('as a page, rounded up once', async () => {
      expect(await unitsOf(() => client.send(new QueryCommand(range)))).toEqual(readBy(1.5));
      expect(await unitsOf(() => client.send(new ScanCommand({ TableName: 'Pairs', ConsistentRead: true })))).toEqual(
        readBy(3),
      );
    });

    it.each<[string, Partial<QueryCommandInput>]>([
      ['filtered', { FilterExpression: '#v = :v', ExpressionAttributeNames: { '#v': 'v' } }],
      ['projected', { ProjectionExpression: 'sk' }],
      ['only counted', { Select: 'COUNT' }],
    ])('by what was read, also when it is %s', async (kind, narrowed) => {
      const values: Record<string, { S: string }> = kind === 'filtered' ? { ':v': { S: 'none' } } : {};
      const query: QueryCommandInput = {
        ...range,
        ...narrowed,
        ExpressionAttributeValues: { ...range.ExpressionAttributeValues, ...values },
      };

      expect(await unitsOf(() => client.send(new QueryCommand(query)))).toEqual(readBy(1.5));
    });

    it('by the limit that cuts them', async () => {
      expect(await unitsOf(() => client.send(new QueryCommand({ ...range, Limit: 1, Select: 'COUNT' })))).toEqual(
        readBy(0.5),
      );
    });

    it('of an index by the entries of the index', async () => {
      const query = new QueryCommand({
        TableName: 'Pairs',
        IndexName: 'byOwner',
        KeyConditionExpression: '#o = :o',
        ExpressionAttributeNames: { '#o': 'owner' },
        ExpressionAttributeValues: { ':o': { S: 'us' } },
      });

      fixture.proxy.meter.reset();
      await client.send(query);

      expect(fixture.proxy.meter.rows()).toEqual([
        expect.objectContaining({
          table: 'Pairs',
          index: 'byOwner',
          operation: 'Query',
          readUnits: 0.5,
          readBytes: 3 * 17,
        }),
      ]);
    });
  });
});

type Entry = Record<string, { S: string }>;

describe('an index is metered by the change of what it holds', () => {
  const before = { pk: { S: 'i' }, sk: { S: 'a' }, owner: { S: 'me' }, note: { S: 'x' }, other: { S: 'x' } };

  it.each<[string, Entry | undefined, Entry, number]>([
    ['a new entry', undefined, before, 1],
    ['an item without the index’s key', undefined, { pk: before.pk, sk: before.sk }, 0],
    ['a change outside the projection', before, { ...before, other: { S: 'y' } }, 0],
    ['the same item again', before, before, 0],
    ['a change inside the projection', before, { ...before, note: { S: 'y' } }, 1],
    ['a moved key', before, { ...before, owner: { S: 'you' } }, 2],
    ['a key that goes away', before, { pk: before.pk, sk: before.sk }, 1],
    ['an entry that shrinks', { ...before, note: { S: 'x'.repeat(2.5 * KB) } }, before, 3],
  ])('%s', async (_, old, item, units) => {
    const Key = { pk: before.pk, sk: before.sk };
    await client.send(new DeleteItemCommand({ TableName: 'Pairs', Key }));
    if (old) await client.send(new PutItemCommand({ TableName: 'Pairs', Item: old }));
    fixture.proxy.meter.reset();

    await client.send(new PutItemCommand({ TableName: 'Pairs', Item: item }));

    expect(fixture.proxy.meter.total({ index: 'byOwner' }).writeUnits).toBe(units);
  });

  it('once in a transaction, while its table is metered twice', async () => {
    const Item = { pk: { S: 'once' }, sk: { S: 'a' }, owner: { S: 'me' } };
    fixture.proxy.meter.reset();

    await client.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName: 'Pairs', Item } }] }));

    expect(fixture.proxy.meter.total().writeUnits).toBe(2 + 1);
    expect(fixture.proxy.meter.total({ index: 'byOwner' }).writeUnits).toBe(1);
  });
});

describe('the meter', () => {
  it('counts every one of many writes at once', async () => {
    const pk = aKey();
    const add = () =>
      client.send(
        new UpdateItemCommand({
          ...aThing(pk),
          UpdateExpression: 'ADD n :one',
          ExpressionAttributeValues: { ':one': { N: '1' } },
        }),
      );

    const units = await unitsOf(() => Promise.all(Array.from({ length: 50 }, add)));
    const { Item } = await client.send(new GetItemCommand({ ...aThing(pk), ConsistentRead: true }));

    expect(units).toEqual(written(50));
    expect(Item?.n).toEqual({ N: '50' });
  });

  it('tells principals, tables and operations apart', async () => {
    const pk = aKey();
    const reader = fixture.clientFor('READER');
    fixture.proxy.meter.reset();

    await put(pk, 1.5 * KB);
    await put(pk, 1.5 * KB);
    await reader.send(new GetItemCommand(aThing(pk)));

    expect(fixture.proxy.meter.rows()).toEqual([
      {
        principal: 'writer',
        table: 'Things',
        operation: 'PutItem',
        calls: 2,
        readUnits: 0,
        writeUnits: 4,
        readBytes: 0,
        writtenBytes: 2 * 1.5 * KB,
      },
      {
        principal: 'reader',
        table: 'Things',
        operation: 'GetItem',
        calls: 1,
        readUnits: 0.5,
        writeUnits: 0,
        readBytes: 1.5 * KB,
        writtenBytes: 0,
      },
    ]);
    expect(fixture.proxy.meter.total({ principal: 'writer' })).toMatchObject({ calls: 2, writeUnits: 4, readUnits: 0 });
  });
});
