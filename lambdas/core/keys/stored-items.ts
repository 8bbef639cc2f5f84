import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  paginateQuery,
  paginateScan,
  UpdateItemCommand,
  type UpdateItemCommandInput,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { Item } from './stored';

export type StoredItemsDeps = { client: DynamoDBClient; tableName: string };

/** An update expression with its names and values. */
export type ItemChange = Pick<
  UpdateItemCommandInput,
  'UpdateExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** The index that finds the items of an account. */
const BY_ACCOUNT = 'byAccount';

/** The four ways in which operators touch the keys table. */
export const createStoredItems = ({ client, tableName }: StoredItemsDeps) => ({
  /** Stores an item unless one of that key is there, and then answers with that one. */
  add: async (pk: string, value: object): Promise<Item | undefined> => {
    const put = new PutItemCommand({
      TableName: tableName,
      Item: marshall({ pk, ...value }, { removeUndefinedValues: true }),
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
    });
    try {
      await client.send(put);
      return undefined;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException && error.Item) return error.Item;
      throw error;
    }
  },

  /** Changes an item that is there and answers with it as it is then; undefined when there is none. */
  change: async (pk: string, change: ItemChange): Promise<Item | undefined> => {
    const update = new UpdateItemCommand({
      TableName: tableName,
      Key: { pk: { S: pk } },
      ConditionExpression: 'attribute_exists(pk)',
      ReturnValues: 'ALL_NEW',
      ...change,
    });
    try {
      return (await client.send(update)).Attributes;
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  },

  /** The items of one account whose key starts with `prefix`. */
  ofAccount: (accountId: string, prefix: string): Promise<Item[]> => {
    const input = {
      TableName: tableName,
      IndexName: BY_ACCOUNT,
      KeyConditionExpression: 'accountId = :account AND begins_with(pk, :prefix)',
      ExpressionAttributeValues: { ':account': { S: accountId }, ':prefix': { S: prefix } },
    };
    return readAll(paginateQuery({ client }, input));
  },

  /** Every item whose key starts with `prefix`; reads the whole table. */
  all: (prefix: string): Promise<Item[]> => {
    const input = {
      TableName: tableName,
      FilterExpression: 'begins_with(pk, :prefix)',
      ExpressionAttributeValues: { ':prefix': { S: prefix } },
    };
    return readAll(paginateScan({ client }, input));
  },
});

const readAll = async (pages: AsyncIterable<{ Items?: Item[] }>): Promise<Item[]> => {
  const items: Item[] = [];
  for await (const page of pages) items.push(...(page.Items ?? []));
  return items;
};
