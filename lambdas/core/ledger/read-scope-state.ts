import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import type { Scope } from './limits';
import { readScopeState, type ScopeState } from './scope-state';
import { minuteOf, periodOf } from './windows';

export type ScopeStateDeps = {
  client: Pick<DynamoDBClient, 'send'>;
  table: string;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/** How far the windows of a scope are used at this moment. Rejects when the limits cannot be read. */
export type ReadScopeState = (scope: Scope) => Promise<ScopeState>;

export const createReadScopeState =
  ({ client, table, now }: ScopeStateDeps): ReadScopeState =>
  async ({ pk, limits }) => {
    const { Item = {} } = await client.send(
      new GetItemCommand({ TableName: table, Key: { pk: { S: pk } }, ConsistentRead: true }),
    );
    const at = now();
    return readScopeState(Item, {
      minute: minuteOf(at),
      period: periodOf(at, limits.budget?.period ?? 'month'),
      now: at,
    });
  };
