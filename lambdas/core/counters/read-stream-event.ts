import * as v from 'valibot';
import type { LedgerRecord } from '../ledger/record';
import { CORRECTION, RECORD } from '../ledger/table';
import { fromImage } from './from-image';
import { readRecord } from './read-record';

const streamRecord = v.object({
  eventName: v.optional(v.string()),
  dynamodb: v.object({
    SequenceNumber: v.string(),
    /** Seconds since the epoch. */
    ApproximateCreationDateTime: v.optional(v.number()),
    Keys: v.optional(v.record(v.string(), v.unknown())),
    NewImage: v.optional(v.record(v.string(), v.unknown())),
  }),
});

const streamEvent = v.object({ Records: v.array(streamRecord) });

type StreamRecord = v.InferOutput<typeof streamRecord>;

/** What one event of the ledger's stream holds. */
export type LedgerBatch = {
  records: LedgerRecord[];
  /** Items that should be records and cannot be read, in stream order. */
  unreadable: { sequenceNumber: string; error: unknown }[];
  /** All items of the event. */
  size: number;
  /** When its oldest item was written, milliseconds since the epoch. */
  oldestAt: number | undefined;
};

/** Reads an event of the ledger's stream. Throws only when it is no stream event at all. */
export const readStreamEvent = (event: unknown): LedgerBatch => {
  const { Records } = v.parse(streamEvent, event);
  const batch: LedgerBatch = { records: [], unreadable: [], size: Records.length, oldestAt: oldestOf(Records) };
  for (const item of Records.filter(isRecord)) {
    try {
      batch.records.push(readRecord(fromImage(item.dynamodb.NewImage ?? {})));
    } catch (error) {
      batch.unreadable.push({ sequenceNumber: item.dynamodb.SequenceNumber, error });
    }
  }
  return batch;
};

const TERMINAL = v.object({ sk: v.object({ S: v.picklist([RECORD, CORRECTION]) }) });

/** The stream also carries in-flight items and what the TTL deleted; the mapping filters them, this makes sure. */
const isRecord = ({ eventName, dynamodb }: StreamRecord): boolean =>
  eventName === 'INSERT' && v.is(TERMINAL, dynamodb.Keys ?? dynamodb.NewImage);

const oldestOf = (items: readonly StreamRecord[]): number | undefined => {
  const times = items.flatMap(({ dynamodb }) => dynamodb.ApproximateCreationDateTime ?? []);
  return times.length === 0 ? undefined : Math.min(...times) * 1000;
};
