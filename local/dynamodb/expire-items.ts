import {
  type AttributeValue,
  ConditionalCheckFailedException,
  DeleteItemCommand,
  type DynamoDBClient,
  paginateScan,
} from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from '../assembly/read-tables';

type Item = Readonly<Record<string, AttributeValue>>;

/**
 * Deletes every item whose time to live has passed, as DynamoDB does within days and DynamoDB Local does not.
 * `onExpired` is told the table and the key before each deletion: the stream of DynamoDB Local does not say who deleted.
 */
export const expireItems = async (
  client: DynamoDBClient,
  tables: readonly TableDefinition[],
  onExpired: (tableName: string, key: Item) => void,
): Promise<void> => {
  for (const table of tables) {
    const attribute = table.schema.TimeToLiveSpecification;
    if (attribute?.Enabled) await expireTable(client, table, { attribute: attribute.AttributeName, onExpired });
  }
};

type Expiry = { attribute: string; onExpired: (tableName: string, key: Item) => void };

const expireTable = async (client: DynamoDBClient, table: TableDefinition, { attribute, onExpired }: Expiry) => {
  const keyNames = table.schema.KeySchema.map(({ AttributeName }) => AttributeName);
  const past = {
    TableName: table.name,
    ExpressionAttributeNames: { '#ttl': attribute },
    ExpressionAttributeValues: { ':now': { N: String(Math.floor(Date.now() / 1000)) } },
  };
  const pages = paginateScan({ client }, { ...past, FilterExpression: '#ttl < :now' });
  for await (const { Items = [] } of pages) {
    for (const item of Items) {
      const key = pick(item, keyNames);
      onExpired(table.name, key);
      // An item may have been renewed since it was read.
      await client
        .send(new DeleteItemCommand({ ...past, Key: key, ConditionExpression: '#ttl < :now' }))
        .catch(ignoreRenewed);
    }
  }
};

const pick = (item: Item, names: readonly string[]): Record<string, AttributeValue> =>
  Object.fromEntries(Object.entries(item).filter(([name]) => names.includes(name)));

const ignoreRenewed = (error: unknown): void => {
  if (!(error instanceof ConditionalCheckFailedException)) throw error;
};
