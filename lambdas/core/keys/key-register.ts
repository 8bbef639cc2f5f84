import type { Account, ApiKey } from './account';
import { type LimitsChange, toLimitsUpdate } from './limits-update';
import { accountPk, type Item, keyPk, parseAccount, parseApiKey } from './stored';
import { createStoredItems, type ItemChange, type StoredItemsDeps } from './stored-items';

/** Writing and listing keys and accounts: what operators do. Every write is safe to repeat. */
export type KeyRegister = {
  /** Stores a new key. Answers with the stored key when there is one of that id already, and leaves it alone. */
  addKey(key: ApiKey): Promise<ApiKey | undefined>;
  /** Stores an account unless there is one, and answers with the stored one. */
  ensureAccount(account: Account): Promise<Account>;
  /** The keys of one account, or all, revoked ones included. */
  listKeys(accountId?: string): Promise<ApiKey[]>;
  listAccounts(): Promise<Account[]>;
  /** Undefined when there is no such key. Revoking twice keeps the first time. */
  revokeKey(keyId: string, revokedAt: string): Promise<ApiKey | undefined>;
  /** The change must name at least one limit. Undefined when there is no such key. */
  limitKey(keyId: string, change: LimitsChange): Promise<ApiKey | undefined>;
  /** The change must name at least one limit. Undefined when there is no such account. */
  limitAccount(accountId: string, change: LimitsChange): Promise<Account | undefined>;
  /** Undefined when there is no such account. */
  cacheAccount(accountId: string, cache: boolean): Promise<Account | undefined>;
};

/** The keys table as operators see it. Throws what the SDK throws. */
export const createKeyRegister = (deps: StoredItemsDeps): KeyRegister => {
  const items = createStoredItems(deps);
  const changeKey = async (keyId: string, change: ItemChange) => asKey(await items.change(keyPk(keyId), change));
  const changeAccount = async (id: string, change: ItemChange) => asAccount(await items.change(accountPk(id), change));

  return {
    addKey: async (key) => asKey(await items.add(keyPk(key.keyId), key)),
    ensureAccount: async (account) => asAccount(await items.add(accountPk(account.accountId), account)) ?? account,
    listKeys: async (accountId) => {
      const found = accountId === undefined ? items.all(keyPk('')) : items.ofAccount(accountId, keyPk(''));
      return (await found).map(parseApiKey);
    },
    listAccounts: async () => (await items.all(accountPk(''))).map(parseAccount),
    revokeKey: (keyId, revokedAt) =>
      changeKey(keyId, {
        UpdateExpression: 'SET revokedAt = if_not_exists(revokedAt, :at)',
        ExpressionAttributeValues: { ':at': { S: revokedAt } },
      }),
    limitKey: (keyId, change) => changeKey(keyId, toLimitsUpdate(change)),
    limitAccount: (accountId, change) => changeAccount(accountId, toLimitsUpdate(change)),
    cacheAccount: (accountId, cache) =>
      changeAccount(accountId, {
        UpdateExpression: 'SET #cache = :cache',
        ExpressionAttributeNames: { '#cache': 'cache' },
        ExpressionAttributeValues: { ':cache': { BOOL: cache } },
      }),
  };
};

const asKey = (item: Item | undefined): ApiKey | undefined => item && parseApiKey(item);
const asAccount = (item: Item | undefined): Account | undefined => item && parseAccount(item);
