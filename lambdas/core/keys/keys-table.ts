import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Account, ApiKey } from './account';
import { accountPk, keyPk, parseAccount, parseApiKey } from './stored';

/** Reading keys and accounts one at a time: all that a request needs. */
export type KeysTable = {
  findKey(keyId: string): Promise<ApiKey | undefined>;
  findAccount(accountId: string): Promise<Account | undefined>;
};

export type KeysTableDeps = { client: Pick<DynamoDBClient, 'send'>; tableName: string };

/** The keys table as the request path sees it. Throws what the SDK throws. */
export const createKeysTable = ({ client, tableName }: KeysTableDeps): KeysTable => {
  // Consistent, so that a key works the moment it is made and a revoked one is refused by the first read.
  const get = async (pk: string) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: tableName, Key: { pk: { S: pk } }, ConsistentRead: true }),
    );
    return Item;
  };

  return {
    findKey: async (keyId) => {
      const item = await get(keyPk(keyId));
      return item && parseApiKey(item);
    },
    findAccount: async (accountId) => {
      const item = await get(accountPk(accountId));
      return item && parseAccount(item);
    },
  };
};
