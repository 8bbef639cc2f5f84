import type { Account, ApiKey, Limits } from '../core/keys/account';

/** Limits under the names that operators use. */
const toLimitsView = ({ requestsPerMinute, tokensPerMinute, budget }: Limits) => ({
  rpm: requestsPerMinute,
  tpm: tokensPerMinute,
  budget,
});

/** A key as operators see it: everything but the hash. */
export const toKeyView = (key: ApiKey) => ({
  keyId: key.keyId,
  account: key.accountId,
  name: key.name,
  scopes: key.scopes,
  limits: toLimitsView(key.limits),
  cache: key.cache,
  models: key.models,
  createdAt: key.createdAt,
  revokedAt: key.revokedAt,
});

export const toAccountView = (account: Account) => ({
  account: account.accountId,
  limits: toLimitsView(account.limits),
  cache: account.cache,
  createdAt: account.createdAt,
});

export type KeyView = ReturnType<typeof toKeyView>;
export type AccountView = ReturnType<typeof toAccountView>;
