import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { type Account, type ApiKey, SCOPES } from './account';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const limits = v.object({
  requestsPerMinute: v.optional(count),
  tokensPerMinute: v.optional(count),
  budget: v.optional(v.object({ nanoUsd: count, period: v.picklist(['day', 'month']) })),
});

const account = v.object({
  accountId: v.string(),
  limits,
  cache: v.boolean(),
  createdAt: v.string(),
});

const apiKey = v.object({
  keyId: v.string(),
  accountId: v.string(),
  name: v.string(),
  hash: v.string(),
  pepperVersion: v.string(),
  scopes: v.array(v.picklist(SCOPES)),
  limits,
  cache: v.optional(v.boolean()),
  models: v.optional(v.array(v.string())),
  createdAt: v.string(),
  revokedAt: v.optional(v.string()),
});

/** An item as the table returns it. */
export type Item = Record<string, AttributeValue>;

/** The partition keys of the keys table. */
export const keyPk = (keyId: string): string => `key#${keyId}`;
export const accountPk = (accountId: string): string => `account#${accountId}`;

/** Reads a stored account. Throws when the item is not one. */
export const parseAccount = (item: Item): Account => v.parse(account, unmarshall(item));

/** Reads a stored key. Throws when the item is not one. */
export const parseApiKey = (item: Item): ApiKey => v.parse(apiKey, unmarshall(item));
