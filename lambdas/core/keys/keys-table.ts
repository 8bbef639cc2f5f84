import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { callAws } from '../telemetry/call-aws';
import type { Span } from '../telemetry/ports';
import type { Account, ApiKey } from './account';
import { accountPk, keyPk, parseAccount, parseApiKey } from './stored';

/** Reading keys and accounts one at a time: all that a request needs. */
export type KeysTable = {
  findKey(keyId: string, span?: Span): Promise<ApiKey | undefined>;
  findAccount(accountId: string, span?: Span): Promise<Account | undefined>;
};

export type KeysTableDeps = { client: Pick<DynamoDBClient, 'send'>; tableName: string };

/** The keys table as the request path sees it. Throws what the SDK throws. */
export const createKeysTable = ({ client, tableName }: KeysTableDeps): KeysTable => {
  const call = { service: 'DynamoDB', operation: 'GetItem', table: tableName };
  // Consistent, so that a key works the moment it is made and a revoked one is refused by the first read.
  const get = async (pk: string, span: Span | undefined) => {
    const command = new GetItemCommand({ TableName: tableName, Key: { pk: { S: pk } }, ConsistentRead: true });
    const { Item } = await callAws(span, call, (options) => client.send(command, options));
    return Item;
  };

  return {
    findKey: async (keyId, span) => {
      const item = await get(keyPk(keyId), span);
      return item && parseApiKey(item);
    },
    findAccount: async (accountId, span) => {
      const item = await get(accountPk(accountId), span);
      return item && parseAccount(item);
    },
  };
};
