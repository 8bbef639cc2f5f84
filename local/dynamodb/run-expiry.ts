import { setTimeout as pause } from 'node:timers/promises';
import type { AttributeValue, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from '../assembly/read-tables';
import { expireItems } from './expire-items';

export type ExpiryDeps = {
  readonly client: DynamoDBClient;
  readonly tables: readonly TableDefinition[];
  readonly onExpired: (tableName: string, key: Readonly<Record<string, AttributeValue>>) => void;
  readonly onFailure: (error: unknown) => void;
};

/** DynamoDB takes up to days; nobody waits so long on a laptop. */
const INTERVAL_MS = 60_000;

/** Deletes expired items once a minute until stopped. */
export const runExpiry = ({ client, tables, onExpired, onFailure }: ExpiryDeps): { stop(): void } => {
  const ending = new AbortController();
  const run = async () => {
    for (;;) {
      await pause(INTERVAL_MS, undefined, { signal: ending.signal });
      await expireItems(client, tables, onExpired).catch((error) => ending.signal.aborted || onFailure(error));
    }
  };
  run().catch(() => undefined);
  return { stop: () => ending.abort() };
};
