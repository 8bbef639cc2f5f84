import {
  BatchGetItemCommand,
  type DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  ListTablesCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  ListStreamsCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { aFunction, clientOf, refusalOf } from '../start-test-proxy';
import { type DynamoFixture, startDynamoFixture, TABLE_ARN } from './dynamo-fixture';

const THINGS = `${TABLE_ARN}/Things`;
const PAIRS = `${TABLE_ARN}/Pairs`;

let fixture: DynamoFixture;
let client: DynamoDBClient;

beforeAll(async () => {
  fixture = await startDynamoFixture();
});
afterAll(() => fixture.close());
beforeEach(() => {
  client = fixture.clientFor('CALLER');
});

const allow = (...statements: Parameters<typeof aFunction>[1][]) =>
  fixture.proxy.setPrincipals([aFunction('caller', ...statements)]);

const anAllow = (Action: string | string[], Resource: string) => ({ Effect: 'Allow', Action, Resource }) as const;

const aPut = (table: string, pk: string) => ({ TableName: table, Item: { pk: { S: pk }, sk: { S: 'a' } } });

const aThing = (pk: string) => ({ TableName: 'Things', Key: { pk: { S: pk } } });

describe('DynamoDB behind the proxy', () => {
  it('answers what the role allows', async () => {
    allow(anAllow(['dynamodb:PutItem', 'dynamodb:GetItem'], THINGS));

    await client.send(new PutItemCommand(aPut('Things', 'allowed')));
    const { Item } = await client.send(new GetItemCommand(aThing('allowed')));

    expect(Item).toEqual({ pk: { S: 'allowed' }, sk: { S: 'a' } });
  });

  it('names principal, action and resource when it denies, and writes nothing', async () => {
    allow(anAllow('dynamodb:GetItem', THINGS));

    const refusal = await refusalOf(client.send(new PutItemCommand(aPut('Things', 'denied'))));
    const { Item } = await client.send(new GetItemCommand(aThing('denied')));

    expect(refusal).toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringMatching(
        `assumed-role/caller/.* is not authorized to perform: dynamodb:PutItem on resource: ${THINGS} `,
      ),
      $metadata: { httpStatusCode: 400 },
    });
    expect(Item).toBeUndefined();
  });

  it('refuses an access key that it does not know', async () => {
    const refusal = await refusalOf(fixture.clientFor('STRANGER').send(new GetItemCommand(aThing('a'))));

    expect(refusal).toMatchObject({ name: 'UnrecognizedClientException' });
  });

  it.each(['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'])(
    'allows a transaction by its parts: without %s it is denied',
    async (missing) => {
      const actions = ['PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem'].map((name) => `dynamodb:${name}`);
      const transaction = new TransactWriteItemsCommand({
        TransactItems: [
          { Put: aPut('Things', 'part-1') },
          {
            Update: {
              ...aThing('part-2'),
              UpdateExpression: 'SET a = :a',
              ExpressionAttributeValues: { ':a': { N: '1' } },
            },
          },
          { Delete: aThing('part-3') },
          { ConditionCheck: { ...aThing('part-4'), ConditionExpression: 'attribute_not_exists(pk)' } },
        ],
      });
      allow(anAllow(actions, THINGS));
      await client.send(transaction);
      allow(
        anAllow(
          actions.filter((action) => !action.endsWith(missing)),
          THINGS,
        ),
      );

      const refusal = await refusalOf(client.send(transaction));

      expect(refusal).toMatchObject({
        name: 'AccessDeniedException',
        message: expect.stringContaining(`dynamodb:${missing} on resource: ${THINGS}`),
      });
    },
  );

  it('allows a query of an index by the index, not by its table', async () => {
    const query = new QueryCommand({
      TableName: 'Pairs',
      IndexName: 'byOwner',
      KeyConditionExpression: '#o = :o',
      ExpressionAttributeNames: { '#o': 'owner' },
      ExpressionAttributeValues: { ':o': { S: 'me' } },
    });
    allow(anAllow('dynamodb:Query', PAIRS));

    const refusal = await refusalOf(client.send(query));
    allow(anAllow('dynamodb:Query', `${PAIRS}/index/byOwner`));
    const { Items } = await client.send(query);

    expect(refusal).toMatchObject({ message: expect.stringContaining(`${PAIRS}/index/byOwner`) });
    expect(Items).toEqual([]);
  });

  it('asks for every table of a batch', async () => {
    allow(anAllow('dynamodb:BatchGetItem', THINGS));

    const refusal = await refusalOf(
      client.send(
        new BatchGetItemCommand({
          RequestItems: {
            Things: { Keys: [{ pk: { S: 'a' } }] },
            Pairs: { Keys: [{ pk: { S: 'a' }, sk: { S: 'a' } }] },
          },
        }),
      ),
    );

    expect(refusal).toMatchObject({ message: expect.stringContaining(`dynamodb:BatchGetItem on resource: ${PAIRS}`) });
  });

  it('knows the leading keys of items and of queries', async () => {
    allow({
      ...anAllow(['dynamodb:GetItem', 'dynamodb:Query'], '*'),
      Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': ['mine#*'] } },
    });
    const aQuery = (pk: string) =>
      new QueryCommand({
        TableName: 'Pairs',
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :s)',
        ExpressionAttributeValues: { ':pk': { S: pk }, ':s': { S: 'a' } },
      });

    await client.send(new GetItemCommand(aThing('mine#1')));
    await client.send(aQuery('mine#1'));
    const refusals = [
      await refusalOf(client.send(new GetItemCommand(aThing('theirs#1')))),
      await refusalOf(client.send(aQuery('theirs#1'))),
    ];

    expect(refusals).toEqual([
      expect.objectContaining({ name: 'AccessDeniedException' }),
      expect.objectContaining({ name: 'AccessDeniedException' }),
    ]);
  });

  it('fails on a condition that it does not know, and neither allows nor denies', async () => {
    allow({ ...anAllow('dynamodb:GetItem', '*'), Condition: { StringEquals: { 'dynamodb:Select': 'COUNT' } } });

    const refusal = await refusalOf(client.send(new GetItemCommand(aThing('a'))));

    expect(refusal).toMatchObject({
      name: 'UnsupportedPolicy',
      message: 'The condition key dynamodb:Select is not supported.',
    });
  });

  it('passes on what the database itself refuses', async () => {
    const refusal = await refusalOf(
      fixture.operator.send(new GetItemCommand({ ...aThing('a'), TableName: 'Nowhere' })),
    );

    expect(refusal).toMatchObject({ name: 'UnrecognizedClientException' });
  });

  it('names an operation that it does not have', async () => {
    allow(anAllow('*', '*'));

    const refusal = await refusalOf(client.send(new ExecuteStatementCommand({ Statement: 'SELECT * FROM Things' })));

    expect(refusal).toMatchObject({
      name: 'UnknownOperationException',
      message: expect.stringContaining('DynamoDB_20120810.ExecuteStatement'),
    });
  });

  it('keeps which statements decided, and what was allowed and denied', async () => {
    allow(
      anAllow('dynamodb:Scan', THINGS),
      anAllow('dynamodb:DeleteItem', THINGS),
      anAllow('dynamodb:ListTables', '*'),
    );

    await client.send(new ScanCommand({ TableName: 'Things' }));
    await client.send(new ListTablesCommand({}));
    await refusalOf(client.send(new UpdateItemCommand(aThing('a'))));

    const { decisions } = fixture.proxy;
    expect(decisions.unusedStatements('caller')).toEqual([
      { index: 1, statement: anAllow('dynamodb:DeleteItem', THINGS) },
    ]);
    expect(decisions.allowed('caller')).toEqual([`dynamodb:Scan ${THINGS}`, 'dynamodb:ListTables *']);
    expect(decisions.denied().at(-1)).toMatchObject({
      principal: 'caller',
      action: 'dynamodb:UpdateItem',
      resource: THINGS,
      denial: 'implicit',
    });
  });
});

describe('a stream behind the proxy', () => {
  it('is read under the ARN that it would have on AWS', async () => {
    allow(
      anAllow('dynamodb:ListStreams', '*'),
      anAllow(['dynamodb:DescribeStream', 'dynamodb:GetShardIterator', 'dynamodb:GetRecords'], `${PAIRS}/stream/*`),
      anAllow('dynamodb:PutItem', PAIRS),
    );
    const streams = new DynamoDBStreamsClient(clientOf(fixture.proxy, 'CALLER'));

    await client.send(new PutItemCommand(aPut('Pairs', 'streamed')));
    const { Streams } = await streams.send(new ListStreamsCommand({ TableName: 'Pairs' }));
    const StreamArn = Streams?.[0]?.StreamArn;
    const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
    const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
    const { ShardIterator } = await streams.send(
      new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' }),
    );
    const { Records } = await streams.send(new GetRecordsCommand({ ShardIterator }));
    streams.destroy();

    expect(Records?.map((record) => record.dynamodb?.NewImage?.pk)).toEqual([{ S: 'streamed' }]);
    expect(fixture.proxy.decisions.allowed('caller')).toContainEqual(
      expect.stringMatching(`^dynamodb:GetRecords ${PAIRS}/stream/\\d{4}-`),
    );
  });

  it('is denied to who may only read the table', async () => {
    allow(anAllow('dynamodb:*', PAIRS), anAllow('dynamodb:ListStreams', '*'));
    const streams = new DynamoDBStreamsClient(clientOf(fixture.proxy, 'CALLER'));
    const { Streams } = await streams.send(new ListStreamsCommand({ TableName: 'Pairs' }));

    const refusal = await refusalOf(streams.send(new DescribeStreamCommand({ StreamArn: Streams?.[0]?.StreamArn })));
    streams.destroy();

    expect(refusal).toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('dynamodb:DescribeStream'),
    });
  });
});
