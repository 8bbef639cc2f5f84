import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import type { Answer } from '../../core/chat/collect';
import { callAws } from '../../core/telemetry/call-aws';
import type { Span } from '../../core/telemetry/ports';

/** DynamoDB takes items up to 400 KiB; the rest is for the key and the other attributes. */
const MAX_ENTRY_BYTES = 400 * 1024 - 2048;

const tokens = v.pipe(v.number(), v.integer(), v.minValue(0));

const entry = v.object({
  text: v.string(),
  reasoning: v.string(),
  toolCalls: v.array(v.object({ id: v.string(), name: v.string(), arguments: v.string() })),
  reason: v.picklist(['stop', 'length', 'tool_calls', 'content_filter', 'other']),
  usage: v.object({ input: tokens, output: tokens, cacheRead: tokens, cacheWrite5m: tokens, cacheWrite1h: tokens }),
  costNanoUsd: v.pipe(v.number(), v.integer(), v.minValue(0)),
});

/** An answer as it was given, with the usage and the cost that a hit saves. */
export type CacheEntry = v.InferOutput<typeof entry>;

export type ExactCache = ReturnType<typeof createExactCache>;

/** Whether an answer may be given again: whole, metered, and ended by the model rather than by a bound or a filter. */
export const isCacheable = (answer: Answer, clamped: boolean): boolean =>
  answer.usage !== undefined &&
  (answer.reason === 'stop' || answer.reason === 'tool_calls' || (answer.reason === 'length' && !clamped));

/** Answers by key, in DynamoDB. Errors of the store are thrown; the caller counts them as misses. */
export const createExactCache = (deps: {
  client: DynamoDBClient;
  table: string;
  ttlSeconds: number;
  now: () => number;
}) => {
  const callOf = (operation: string) => ({ service: 'DynamoDB', operation, table: deps.table });
  const nowSeconds = () => Math.floor(deps.now() / 1000);

  /** The entry under `key`; DynamoDB deletes expired items late, so their age is looked at here. */
  const find = async (key: string, span?: Span): Promise<CacheEntry | undefined> => {
    const command = new GetItemCommand({ TableName: deps.table, Key: { pk: { S: key } } });
    const { Item } = await callAws(span, callOf('GetItem'), (options) => deps.client.send(command, options));
    if (Item?.answer?.S === undefined || Number(Item.expiresAt?.N ?? 0) <= nowSeconds()) return undefined;
    return v.parse(entry, JSON.parse(Item.answer.S));
  };

  /** Stores an answer; false when it is too large for an item. */
  const store = async (key: string, answer: CacheEntry, span?: Span): Promise<boolean> => {
    const text = JSON.stringify(answer);
    if (Buffer.byteLength(text) > MAX_ENTRY_BYTES) return false;
    const expiresAt = { N: String(nowSeconds() + deps.ttlSeconds) };
    const command = new PutItemCommand({
      TableName: deps.table,
      Item: { pk: { S: key }, answer: { S: text }, expiresAt },
    });
    await callAws(span, callOf('PutItem'), (options) => deps.client.send(command, options));
    return true;
  };

  return { find, store };
};
