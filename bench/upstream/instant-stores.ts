import { createHmac } from 'node:crypto';
import * as v from 'valibot';

/** The key that the bench calls with. */
export const BENCH_KEY = { keyId: 'bench', secret: 'benchbenchbench' } as const;
const PEPPER = 'a-pepper-for-the-bench';
const ACCOUNT = 'bench';
const FAR_AWAY = 1_000_000_000;
const MOST_CACHED = 1_000;

const attributeOf = (value: unknown): object => {
  if (typeof value === 'string') return { S: value };
  if (typeof value === 'number') return { N: String(value) };
  if (typeof value === 'boolean') return { BOOL: value };
  if (Array.isArray(value)) return { L: value.map(attributeOf) };
  return { M: toItem(Object.entries(Object(value))) };
};

const toItem = (entries: [string, unknown][]): Record<string, object> =>
  Object.fromEntries(entries.map(([name, value]) => [name, attributeOf(value)]));

const LIMITS = {
  requestsPerMinute: FAR_AWAY,
  tokensPerMinute: FAR_AWAY,
  budget: { nanoUsd: 1_000_000 * FAR_AWAY, period: 'month' },
};

const KEYS: Readonly<Record<string, object>> = {
  [`key#${BENCH_KEY.keyId}`]: {
    keyId: BENCH_KEY.keyId,
    accountId: ACCOUNT,
    name: 'bench',
    hash: createHmac('sha256', PEPPER).update(BENCH_KEY.secret).digest('base64'),
    pepperVersion: '1',
    scopes: ['chat'],
    limits: LIMITS,
    createdAt: '2026-01-01T00:00:00.000Z',
  },
  [`account#${ACCOUNT}`]: { accountId: ACCOUNT, limits: {}, cache: true, createdAt: '2026-01-01T00:00:00.000Z' },
};

const call = v.object({
  TableName: v.optional(v.string()),
  Key: v.optional(v.object({ pk: v.object({ S: v.string() }) })),
  Item: v.optional(v.looseObject({ pk: v.object({ S: v.string() }) })),
});

type StoreCall = v.InferOutput<typeof call>;

/**
 * DynamoDB and Secrets Manager as the request path needs them, answering at once: the bench's key is there, cached answers
 * are found again, and every condition holds.
 */
export const createInstantStores = (cacheTable: string) => {
  const cached = new Map<string, object>();

  const get = ({ TableName, Key }: StoreCall): object => {
    const pk = Key?.pk.S ?? '';
    const known = KEYS[pk];
    const Item = TableName === cacheTable ? cached.get(pk) : known && toItem(Object.entries(known));
    return Item ? { Item } : {};
  };

  const put = ({ TableName, Item }: StoreCall): object => {
    if (TableName !== cacheTable || !Item) return {};
    cached.set(Item.pk.S, Item);
    const [oldest] = cached.keys();
    if (cached.size > MOST_CACHED && oldest !== undefined) cached.delete(oldest);
    return {};
  };

  const operations: Readonly<Record<string, (request: StoreCall) => object>> = {
    'DynamoDB_20120810.GetItem': get,
    'DynamoDB_20120810.PutItem': put,
    'DynamoDB_20120810.UpdateItem': () => ({ Attributes: {} }),
    'DynamoDB_20120810.DeleteItem': () => ({}),
    'secretsmanager.GetSecretValue': () => ({ SecretString: JSON.stringify({ current: '1', 1: PEPPER }) }),
  };

  /** Answers one call by its `X-Amz-Target`. Throws for an operation that the bench does not know. */
  return (target: string, body: string): object => {
    const operation = operations[target];
    if (!operation) throw new Error(`The instant stores of the bench lack ${target}.`);
    return operation(v.parse(call, JSON.parse(body)));
  };
};
