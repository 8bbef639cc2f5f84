import { ConditionalCheckFailedException, type DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { WindowStore } from '../library/rate-limiter';

export type RateWindowsDeps = { client: Pick<DynamoDBClient, 'send'>; table: string };

/**
 * Counts in the limits table, for all processes together: one item per key, which holds the window and its count. Every
 * change is one conditional update, so that no interleaving lets more through than the limit.
 */
export const createRateWindows = ({ client, table }: RateWindowsDeps): WindowStore => {
  type Change = { set: string; condition: string; values: Record<string, number> };

  const change = async (key: string, { set, condition, values }: Change): Promise<number | undefined> => {
    try {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: { pk: { S: `rate#${key}` } },
          UpdateExpression: `SET ${set}`,
          ConditionExpression: condition,
          ExpressionAttributeNames: { '#window': 'window', '#taken': 'taken' },
          ExpressionAttributeValues: Object.fromEntries(
            Object.entries(values).map(([name, value]) => [name, { N: String(value) }]),
          ),
          ReturnValues: 'ALL_NEW',
        }),
      );
      return Number(Attributes?.taken?.N);
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return undefined;
      throw error;
    }
  };

  const addTo = (key: string, window: number, limit: number) =>
    change(key, {
      set: '#taken = #taken + :one',
      condition: '#window = :window AND #taken < :limit',
      values: { ':one': 1, ':window': window, ':limit': limit },
    });

  /** A clock that is behind does not take the count back to an earlier window. */
  const open = (key: string, window: number) =>
    change(key, {
      set: '#window = :window, #taken = :one',
      condition: 'attribute_not_exists(#window) OR (#window < :window AND attribute_exists(#taken))',
      values: { ':one': 1, ':window': window },
    });

  return {
    take: async (key, window, limit) =>
      (await addTo(key, window, limit)) ?? (await open(key, window)) ?? (await addTo(key, window, limit)),
  };
};
