import type { Context, DynamoDBBatchResponse } from 'aws-lambda';
import type { ApplyRecords } from '../core/counters/apply-records';
import type { createNotePresent } from '../core/counters/note-present';
import { readStreamEvent } from '../core/counters/read-stream-event';
import type { GaugeReading } from '../core/counters/readings';
import { toInvocationContext } from '../core/telemetry/invocation-context';
import type { PublishOperational } from '../core/telemetry/operational';
import type { Log } from '../core/telemetry/ports';

export type AggregateDeps = {
  apply: ApplyRecords;
  notePresent: ReturnType<typeof createNotePresent>;
  publish: PublishOperational;
  log: Log;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/**
 * Counts the records of one stream event. What can be read is counted, also behind an item that cannot: those are
 * reported, the stream goes back to the first of them, and what it brings again has been counted already.
 * Rejects when the counters cannot be written, so that the whole event comes again.
 */
export const createAggregate =
  ({ apply, notePresent, publish, log, now }: AggregateDeps) =>
  async (event: unknown, invocation: Pick<Context, 'awsRequestId'>): Promise<DynamoDBBatchResponse> => {
    const { records, unreadable, size, oldestAt } = readStreamEvent(event);
    const context = toInvocationContext(invocation);
    const lagSeconds = oldestAt === undefined ? undefined : Math.max(0, now() - oldestAt) / 1000;
    await Promise.all([apply(records), notePresent(records, ...lagReading(lagSeconds, now()))]);
    for (const { sequenceNumber, error } of unreadable) {
      log.event('record_unreadable', context, { sequence_number: sequenceNumber }, error);
    }
    await publish({
      stream_records: size,
      unreadable_records: unreadable.length,
      ...(lagSeconds === undefined ? {} : { stream_lag_ms: lagSeconds * 1000 }),
    });
    return { batchItemFailures: unreadable.map(({ sequenceNumber }) => ({ itemIdentifier: sequenceNumber })) };
  };

const lagReading = (value: number | undefined, at: number): GaugeReading[] =>
  value === undefined ? [] : [{ metric: 'telemetry_aggregator_lag_seconds', labels: {}, value, at, peak: true }];
