import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { BatchWriteItemCommand, type WriteRequest } from '@aws-sdk/client-dynamodb';
import type { RequestRecord } from '../ledger/record';
import { minuteOf } from '../ledger/windows';
import { type CounterTable, readPartition } from './read-partition';

const HOUR_SECONDS = 3_600;
const MOST_PER_CALL = 25;
const THROTTLED_PAUSE_MS = 50;

/** The sessions of the last minutes: one item per session and minute, so that noting one twice changes nothing. */
export const createSessions = (to: CounterTable & { now: () => number }) => ({
  /** Notes the sessions that clients named. */
  note: async (records: readonly RequestRecord[]): Promise<void> => {
    const items = new Map(records.flatMap(toItem).map((item) => [`${item.pk} ${item.sk}`, item]));
    const expiresAt = { N: String(Math.floor(to.now() / 1000) + HOUR_SECONDS) };
    let due = [...items.values()].map(
      ({ pk, sk }): WriteRequest => ({ PutRequest: { Item: { pk: { S: pk }, sk: { S: sk }, expiresAt } } }),
    );
    while (due.length > 0) {
      const { UnprocessedItems } = await to.client.send(
        new BatchWriteItemCommand({ RequestItems: { [to.table]: due.slice(0, MOST_PER_CALL) } }),
      );
      const refused = UnprocessedItems?.[to.table] ?? [];
      due = [...refused, ...due.slice(MOST_PER_CALL)];
      if (refused.length > 0) await pause(THROTTLED_PAUSE_MS);
    }
  },

  /** How many distinct sessions had a request that ended within the last `minutes` minutes, this one included. */
  count: async (minutes: number): Promise<number> => {
    const last = minuteOf(to.now());
    const slots = Array.from({ length: minutes }, (_, ago) => partitionOf(last - ago));
    const items = await Promise.all(slots.map((pk) => readPartition(to, pk)));
    return new Set(items.flat().map(({ sk }) => sk?.S)).size;
  },
});

const partitionOf = (minute: number): string => `sessions#${minute}`;

const toItem = ({ sessionId, sessionNamed, accountId, startedAt, durationMs }: RequestRecord) =>
  sessionId === undefined || sessionNamed !== true
    ? []
    : [{ pk: partitionOf(minuteOf(startedAt + durationMs)), sk: toHash(`${accountId} ${sessionId}`) }];

/** A session's name is the client's; nothing of it is kept. */
const toHash = (text: string): string => createHash('sha256').update(text).digest('base64url').slice(0, 16);
