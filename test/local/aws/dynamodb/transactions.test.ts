import {
  DeleteItemCommand,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactGetItemsCommand,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { refusalOf } from '../start-test-proxy';
import { type DynamoFixture, startDynamoFixture } from './dynamo-fixture';

let fixture: DynamoFixture;

beforeAll(async () => {
  fixture = await startDynamoFixture();
});
afterAll(() => fixture.close());
afterEach(() => fixture.proxy.faults.clear());

const aThing = (pk: string) => ({ TableName: 'Things', Key: { pk: { S: pk } } });
const anAdd = (pk: string): TransactWriteItem => ({
  Update: { ...aThing(pk), UpdateExpression: 'ADD n :one', ExpressionAttributeValues: { ':one': { N: '1' } } },
});
const aTransaction = (...items: TransactWriteItem[]) => new TransactWriteItemsCommand({ TransactItems: items });
const numberOf = async (pk: string) => {
  const { Item } = await fixture.direct.send(new GetItemCommand({ ...aThing(pk), ConsistentRead: true }));
  return Item?.n?.N;
};

/** Holds the next call until it is let go; `begun` resolves when the proxy holds it. */
const holdNextCall = (operation: string) => {
  const { faults } = fixture.proxy;
  const id = faults.add({ service: 'dynamodb', operation, kind: 'delay', times: 1, delayMs: 60_000 });
  const begun = async () => {
    while (faults.list().find((fault) => fault.id === id)?.hits === 0) await new Promise(setImmediate);
  };
  return { begun, letGo: () => faults.remove(id) };
};

/** Runs a transaction, does something else while the proxy holds its items, and resolves with that. */
const whileRunning = async <T>(items: TransactWriteItem[], meanwhile: () => Promise<T>): Promise<T> => {
  const { begun, letGo } = holdNextCall('TransactWriteItems');
  const running = fixture.operator.send(aTransaction(...items));
  await begun();
  const outcome = await meanwhile().finally(letGo);
  await running;
  return outcome;
};

describe('two transactions on one item', () => {
  it('cancel each other as on AWS: the later one names the member that met the conflict', async () => {
    const refusal = await whileRunning([anAdd('shared'), anAdd('mine')], () =>
      refusalOf(fixture.operator.send(aTransaction(anAdd('theirs'), anAdd('shared')))),
    );

    expect(refusal).toMatchObject({
      name: 'TransactionCanceledException',
      message:
        'Transaction cancelled, please refer cancellation reasons for specific reasons [None, TransactionConflict]',
      CancellationReasons: [
        { Code: 'None' },
        { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' },
      ],
      $metadata: { httpStatusCode: 400 },
    });
    expect([await numberOf('shared'), await numberOf('mine'), await numberOf('theirs')]).toEqual(['1', '1', undefined]);
  });

  it('pass each other when they share none', async () => {
    await whileRunning([anAdd('one')], () => fixture.operator.send(aTransaction(anAdd('other'))));

    expect([await numberOf('one'), await numberOf('other')]).toEqual(['1', '1']);
  });

  it('follow each other without a conflict', async () => {
    await fixture.operator.send(aTransaction(anAdd('twice')));
    await fixture.operator.send(aTransaction(anAdd('twice')));

    expect(await numberOf('twice')).toBe('2');
  });

  it('are one when they carry the same token, and then the second is in progress', async () => {
    const same = () =>
      fixture.operator.send(
        new TransactWriteItemsCommand({ ...aTransaction(anAdd('token')).input, ClientRequestToken: 'same' }),
      );
    const { begun, letGo } = holdNextCall('TransactWriteItems');

    const first = same();
    await begun();
    const refusal = await refusalOf(same()).finally(letGo);
    await first;

    expect(refusal).toMatchObject({ name: 'TransactionInProgressException' });
    expect(await numberOf('token')).toBe('1');
  });
});

describe('a single write of an item in a running transaction', () => {
  it.each<[string, (client: DynamoDBClient) => Promise<unknown>]>([
    ['PutItem', (client) => client.send(new PutItemCommand({ TableName: 'Things', Item: { pk: { S: 'busy' } } }))],
    ['DeleteItem', (client) => client.send(new DeleteItemCommand(aThing('busy')))],
    ['UpdateItem', (client) => client.send(new UpdateItemCommand(aThing('busy')))],
  ])('is refused: %s', async (_, write) => {
    const refusal = await whileRunning([anAdd('busy')], () => refusalOf(write(fixture.operator)));

    expect(refusal).toMatchObject({
      name: 'TransactionConflictException',
      message: 'Transaction is ongoing for the item',
    });
  });

  it('leaves reads of one item alone, and cancels reads that are a transaction', async () => {
    const refusal = await whileRunning([anAdd('read')], async () => {
      await fixture.operator.send(new GetItemCommand({ ...aThing('read'), ConsistentRead: true }));
      return refusalOf(
        fixture.operator.send(new TransactGetItemsCommand({ TransactItems: [{ Get: aThing('read') }] })),
      );
    });

    expect(refusal).toMatchObject({ CancellationReasons: [{ Code: 'TransactionConflict' }] });
  });
});
