import {
  BatchGetItemCommand,
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { FaultRule } from '../../../../local/aws/faults/fault-rule';
import { aFunction, refusalOf } from '../start-test-proxy';
import { type DynamoFixture, startDynamoFixture } from './dynamo-fixture';

const EVERYTHING = { Effect: 'Allow', Action: '*', Resource: '*' } as const;

let fixture: DynamoFixture;
let client: DynamoDBClient;

beforeAll(async () => {
  fixture = await startDynamoFixture(aFunction('first', EVERYTHING), aFunction('second', EVERYTHING));
  client = fixture.clientFor('FIRST');
});
afterAll(() => fixture.close());
afterEach(() => fixture.proxy.faults.clear());

const fault = (rule: Partial<FaultRule>) =>
  fixture.proxy.faults.add({ service: 'dynamodb', kind: 'throttle', times: 1, ...rule });

const aThing = (pk: string) => ({ TableName: 'Things', Key: { pk: { S: pk } } });
const put = (pk: string, n: number, by = client) =>
  by.send(new PutItemCommand({ TableName: 'Things', Item: { pk: { S: pk }, n: { N: String(n) }, note: { S: 'x' } } }));
const add = (pk: string, by = client) =>
  by.send(
    new UpdateItemCommand({
      ...aThing(pk),
      UpdateExpression: 'ADD n :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    }),
  );
const read = async (pk: string, ConsistentRead = true) => {
  const { Item } = await client.send(new GetItemCommand({ ...aThing(pk), ConsistentRead }));
  return Item?.n?.N;
};

describe('a fault rule', () => {
  it.each<[Partial<FaultRule>, string, number]>([
    [{ kind: 'throttle' }, 'ProvisionedThroughputExceededException', 400],
    [{ kind: 'internalError' }, 'InternalServerError', 500],
    [{ kind: 'TransactionConflict' }, 'TransactionConflictException', 400],
  ])('%j answers %s and performs nothing', async (rule, name, httpStatusCode) => {
    fault(rule);

    const refusal = await refusalOf(put('refused', 1));

    expect(refusal).toMatchObject({ name, $metadata: { httpStatusCode } });
    expect(await read('refused')).toBeUndefined();
  });

  it('cancels a transaction with AWS’s reasons', async () => {
    fault({ kind: 'TransactionConflict' });
    const members = ['a', 'b'].map((pk) => ({ Put: { TableName: 'Things', Item: { pk: { S: pk } } } }));

    const refusal = await refusalOf(client.send(new TransactWriteItemsCommand({ TransactItems: members })));

    expect(refusal).toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'TransactionConflict' }, { Code: 'None' }],
    });
  });

  it('loses an answer after the call was performed, so that the SDK’s own retry performs it again', async () => {
    await put('lost', 0);
    fault({ kind: 'lostAnswer', operation: 'UpdateItem' });

    await add('lost', fixture.clientFor('FIRST', 3));

    expect(await read('lost')).toBe('2');
  });

  it('loses an answer once per attempt that it strikes, and the caller sees a cut connection', async () => {
    fault({ kind: 'lostAnswer', times: 1 });

    const refusal = await refusalOf(put('cut', 1));

    expect(refusal).toMatchObject({ message: expect.stringContaining('socket hang up') });
    expect(await read('cut')).toBe('1');
  });

  it('loses a request before it is performed', async () => {
    fault({ kind: 'lostRequest' });

    const refusal = await refusalOf(put('unheard', 1));

    expect(refusal).toMatchObject({ message: expect.stringContaining('socket hang up') });
    expect(await read('unheard')).toBeUndefined();
  });

  it('delays a call', async () => {
    fault({ kind: 'delay', delayMs: 120 });
    const started = performance.now();

    await put('late', 1);

    expect(performance.now() - started).toBeGreaterThanOrEqual(119);
  });

  it('ends a delay when it is removed', async () => {
    const id = fault({ kind: 'delay', delayMs: 60_000 });
    const late = put('released', 1);
    while (fixture.proxy.faults.list()[0]?.hits === 0) await new Promise(setImmediate);

    fixture.proxy.faults.remove(id);
    await late;

    expect(await read('released')).toBe('1');
  });

  it('passes calls first, then strikes as often as it says, then is spent', async () => {
    const id = fault({ after: 2, times: 2, operation: 'PutItem' });

    const outcomes = [];
    for (let n = 0; n < 6; n += 1)
      outcomes.push(
        await put('counted', n).then(
          () => 'ok',
          () => 'throttled',
        ),
      );

    expect(outcomes).toEqual(['ok', 'ok', 'throttled', 'throttled', 'ok', 'ok']);
    expect(fixture.proxy.faults.list()).toEqual([expect.objectContaining({ id, seen: 6, hits: 2 })]);
  });

  it.each<[string, Partial<FaultRule>]>([
    ['operation', { operation: 'GetItem' }],
    ['principal', { principal: 'second' }],
    ['table', { table: 'Pairs' }],
    ['key', { keyMatch: 'elsewhere' }],
    ['service', { service: 's3' }],
  ])('leaves alone what is of another %s', async (_, rule) => {
    fault(rule);

    await expect(put('spared', 1)).resolves.toBeDefined();
  });

  it.each<[string, Partial<FaultRule>]>([
    ['operation', { operation: 'PutItem' }],
    ['principal', { principal: 'first' }],
    ['table', { table: 'Things' }],
    ['key', { keyMatch: 'struck#' }],
  ])('strikes by %s', async (_, rule) => {
    fault(rule);

    expect(await refusalOf(put('struck#1', 1))).toMatchObject({ name: 'ProvisionedThroughputExceededException' });
  });

  it('reaches a query by its partition, and an item of a pair by both keys', async () => {
    fault({ keyMatch: 'pair#1', operation: 'Query' });
    fault({ keyMatch: 'pair#1/b', operation: 'PutItem' });
    const aPair = (sk: string) =>
      new PutItemCommand({ TableName: 'Pairs', Item: { pk: { S: 'pair#1' }, sk: { S: sk } } });

    await client.send(aPair('a'));
    const refusals = [
      await refusalOf(client.send(aPair('b'))),
      await refusalOf(
        client.send(
          new QueryCommand({
            TableName: 'Pairs',
            KeyConditionExpression: 'pk = :pk',
            ExpressionAttributeValues: { ':pk': { S: 'pair#1' } },
          }),
        ),
      ),
    ];

    expect(refusals).toEqual([
      expect.objectContaining({ name: 'ProvisionedThroughputExceededException' }),
      expect.objectContaining({ name: 'ProvisionedThroughputExceededException' }),
    ]);
  });

  it('ends when it is removed', async () => {
    const id = fault({ times: 100 });

    fixture.proxy.faults.remove(id);

    await expect(put('freed', 1)).resolves.toBeDefined();
  });

  it.each<[string, Partial<FaultRule>, RegExp]>([
    ['a stale read of S3', { service: 's3', kind: 'staleRead' }, /faults of dynamodb/],
    ['a table of Bedrock', { service: 'bedrock', table: 'Things' }, /only dynamodb has tables/],
    ['a negative count', { times: -1 }, /times/],
  ])('refuses %s, which could never apply', (_, rule, message) => {
    expect(() => fault(rule)).toThrow(message);
  });
});

describe('a stale read', () => {
  const staleReads = (times: number) => fault({ kind: 'staleRead', times });

  it('answers an item as it was before its last write, consistent reads excepted', async () => {
    await put('stale', 1);
    staleReads(2);
    await add('stale');

    expect([await read('stale'), await read('stale', false)]).toEqual(['2', '1']);
    expect([await read('stale', false), await read('stale', false)]).toEqual(['1', '2']);
  });

  it('does not know an item yet that is new, and still knows one that is deleted', async () => {
    await put('old', 1);
    staleReads(2);
    await put('new', 1);
    await client.send(new DeleteItemCommand(aThing('old')));

    expect([await read('new', false), await read('old', false)]).toEqual([undefined, '1']);
  });

  it('projects as the read asks', async () => {
    await put('projected', 1);
    staleReads(1);
    await add('projected');

    const { Item } = await client.send(
      new GetItemCommand({
        ...aThing('projected'),
        ProjectionExpression: '#n',
        ExpressionAttributeNames: { '#n': 'n' },
      }),
    );

    expect(Item).toEqual({ n: { N: '1' } });
  });

  it('covers batches and queries', async () => {
    const aPair = (sk: string, n: number) =>
      client.send(
        new PutItemCommand({ TableName: 'Pairs', Item: { pk: { S: 'range' }, sk: { S: sk }, n: { N: String(n) } } }),
      );
    await aPair('a', 1);
    await put('in-batch', 1);
    staleReads(2);
    await Promise.all([aPair('a', 2), aPair('b', 1), put('in-batch', 2), put('newcomer', 2)]);

    const batch = await client.send(
      new BatchGetItemCommand({
        RequestItems: { Things: { Keys: [{ pk: { S: 'newcomer' } }, { pk: { S: 'in-batch' } }] } },
      }),
    );
    const query = await client.send(
      new QueryCommand({
        TableName: 'Pairs',
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: 'range' } },
      }),
    );

    expect(batch.Responses?.Things?.map((item) => item.n?.N)).toEqual(['1']);
    expect(query).toMatchObject({ Count: 1, Items: [{ sk: { S: 'a' }, n: { N: '1' } }] });
  });

  it('covers what a transaction wrote', async () => {
    await put('in-transaction', 1);
    staleReads(1);
    await client.send(
      new TransactWriteItemsCommand({
        TransactItems: [{ Put: { TableName: 'Things', Item: { pk: { S: 'in-transaction' }, n: { N: '2' } } } }],
      }),
    );

    expect(await read('in-transaction', false)).toBe('1');
  });
});
