import type { Account, ApiKey } from '../../lambdas/core/keys/account';
import { hashSecret } from '../../lambdas/core/keys/hash';

/** An account without limits; `changes` shows what matters. */
export const anAccount = (changes: Partial<Account> = {}): Account => ({
  accountId: 'acme',
  limits: {},
  cache: false,
  createdAt: '2026-11-01T00:00:00.000Z',
  ...changes,
});

/** A key of `acme` that may chat, with the secret `devsecret` under the pepper `pepper`; `changes` shows what matters. */
export const anApiKey = (changes: Partial<ApiKey> = {}): ApiKey => ({
  keyId: 'key1',
  accountId: 'acme',
  name: 'ci',
  hash: hashSecret('devsecret', 'pepper'),
  pepperVersion: '1',
  scopes: ['chat'],
  limits: {},
  createdAt: '2026-11-01T00:00:00.000Z',
  ...changes,
});
