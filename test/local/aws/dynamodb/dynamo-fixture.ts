import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Principal } from '../../../../local/aws/principal';
import type { AwsProxy } from '../../../../local/aws/proxy';
import { dynamoDbLocalClient, startOwnDynamoDbLocal } from '../../../support/dynamodb-local';
import { ACCOUNT, clientOf, OPERATOR, REGION, startTestProxy } from '../start-test-proxy';

export const TABLE_ARN = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table`;

/** `Things` by `pk`; `Pairs` by `pk` and `sk`, with an index by `owner` that holds `note` as well, and a stream. */
const TABLES: CreateTableCommandInput[] = [
  {
    TableName: 'Things',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
    AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
  },
  {
    TableName: 'Pairs',
    BillingMode: 'PAY_PER_REQUEST',
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
      { AttributeName: 'owner', AttributeType: 'S' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'byOwner',
        KeySchema: [{ AttributeName: 'owner', KeyType: 'HASH' }],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['note'] },
      },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_IMAGE' },
  },
];

export type DynamoFixture = {
  proxy: AwsProxy;
  /** A client of the operator's. */
  operator: DynamoDBClient;
  /** A client past the proxy. */
  direct: DynamoDBClient;
  clientFor(accessKeyId: string, maxAttempts?: number): DynamoDBClient;
  close(): Promise<void>;
};

/** The proxy before a DynamoDB Local that holds the two tables, empty. */
export const startDynamoFixture = async (...principals: Principal[]): Promise<DynamoFixture> => {
  const local = await startOwnDynamoDbLocal();
  const proxy = await startTestProxy({ dynamoEndpoint: local.endpoint, principals: [OPERATOR, ...principals] });
  const direct = dynamoDbLocalClient(local.endpoint);
  for (const table of TABLES) await direct.send(new CreateTableCommand(table));
  const clients = [direct];
  const clientFor = (accessKeyId: string, maxAttempts = 1) => {
    const client = new DynamoDBClient({ ...clientOf(proxy, accessKeyId), maxAttempts });
    clients.push(client);
    return client;
  };
  return {
    proxy,
    direct,
    operator: clientFor(OPERATOR.accessKeyId),
    clientFor,
    close: async () => {
      for (const client of clients) client.destroy();
      await proxy.close();
      await local.stop();
    },
  };
};
