import { setTimeout as pause } from 'node:timers/promises';
import {
  type AttributeValue,
  BatchGetItemCommand,
  type DynamoDBClient,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import type { Chunk, CounterStore } from './counter-store';
import { itemKeyOf, keptSecondsOf } from './item-key';

export type DynamoDbCounterStoreDeps = {
  client: Pick<DynamoDBClient, 'send'>;
  table: string;
  /** How long a record counts as counted: longer than it can be fed again. */
  markerRetentionDays: number;
  /** Milliseconds since the epoch. */
  now: () => number;
};

type Item = Record<string, AttributeValue>;

const THROTTLED_PAUSE_MS = 50;

const markerKey = (id: string): Item => ({ pk: { S: `seen#${id}` }, sk: { S: 'seen' } });

/** Reasons for which a transaction is worth another try. */
const PASSING = new Set(['None', 'ConditionalCheckFailed', 'TransactionConflict', 'ThrottlingError']);

/** The counters table: marker items, and per lane one item for each family. */
export const createDynamoDbCounterStore = (deps: DynamoDbCounterStoreDeps): CounterStore => {
  const { client, table } = deps;

  const counted = async (ids: readonly string[]): Promise<ReadonlySet<string>> => {
    const found: string[] = [];
    let keys = ids.map(markerKey);
    while (keys.length > 0) {
      const { Responses, UnprocessedKeys } = await client.send(
        new BatchGetItemCommand({
          RequestItems: { [table]: { Keys: keys, ConsistentRead: true, ProjectionExpression: 'pk' } },
        }),
      );
      found.push(...(Responses?.[table] ?? []).map(({ pk }) => pk?.S?.slice('seen#'.length) ?? ''));
      keys = UnprocessedKeys?.[table]?.Keys ?? [];
      if (keys.length > 0) await pause(THROTTLED_PAUSE_MS);
    }
    return new Set(found);
  };

  const inSeconds = (seconds: number): AttributeValue => ({ N: String(Math.floor(deps.now() / 1000) + seconds) });

  const toTransaction = ({ ids, increments, lane }: Chunk): TransactWriteItem[] => [
    ...ids.map((id) => ({
      Put: {
        TableName: table,
        Item: { ...markerKey(id), expiresAt: inSeconds(deps.markerRetentionDays * 86_400) },
        ConditionExpression: 'attribute_not_exists(pk)',
      },
    })),
    ...[...increments].map(([family, attributes]) => {
      const { pk, sk } = itemKeyOf(family, lane);
      const keptSeconds = keptSecondsOf(family);
      const expiresAt = keptSeconds === undefined ? undefined : inSeconds(keptSeconds);
      return {
        Update: { TableName: table, Key: { pk: { S: pk }, sk: { S: sk } }, ...toAddition(attributes, expiresAt) },
      };
    }),
  ];

  return {
    counted,
    commit: async (chunk) => {
      try {
        await client.send(new TransactWriteItemsCommand({ TransactItems: toTransaction(chunk) }));
        return 'committed';
      } catch (error) {
        if (isPassing(error)) return 'conflict';
        throw error;
      }
    },
  };
};

const toAddition = (attributes: ReadonlyMap<string, number>, expiresAt: AttributeValue | undefined) => {
  const entries = [...attributes];
  const addition = `ADD ${entries.map((_, index) => `#${index} :${index}`).join(', ')}`;
  return {
    UpdateExpression: expiresAt === undefined ? addition : `SET expiresAt = :expiresAt ${addition}`,
    ExpressionAttributeNames: Object.fromEntries(entries.map(([attribute], index) => [`#${index}`, attribute])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(entries.map(([, by], index) => [`:${index}`, { N: String(by) }])),
      ...(expiresAt === undefined ? {} : { ':expiresAt': expiresAt }),
    },
  };
};

const isPassing = (error: unknown): boolean =>
  error instanceof TransactionCanceledException &&
  (error.CancellationReasons ?? []).every(({ Code = 'None' }) => PASSING.has(Code));
