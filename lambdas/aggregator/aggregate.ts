import type { Context, DynamoDBBatchResponse } from 'aws-lambda';
import type { ApplyRecords } from '../core/counters/apply-records';
import { readStreamEvent } from '../core/counters/read-stream-event';
import { toInvocationContext } from '../core/telemetry/invocation-context';
import type { PublishOperational } from '../core/telemetry/operational';
import type { Log } from '../core/telemetry/ports';

export type AggregateDeps = {
  apply: ApplyRecords;
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
  ({ apply, publish, log, now }: AggregateDeps) =>
  async (event: unknown, invocation: Pick<Context, 'awsRequestId'>): Promise<DynamoDBBatchResponse> => {
    const { records, unreadable, size, oldestAt } = readStreamEvent(event);
    const context = toInvocationContext(invocation);
    await apply(records);
    for (const { sequenceNumber, error } of unreadable) {
      log.event('record_unreadable', context, { sequence_number: sequenceNumber }, error);
    }
    await publish({
      BatchSize: size,
      RecordsUnreadable: unreadable.length,
      ...(oldestAt === undefined ? {} : { StreamLag: Math.max(0, now() - oldestAt) / 1000 }),
    });
    return { batchItemFailures: unreadable.map(({ sequenceNumber }) => ({ itemIdentifier: sequenceNumber })) };
  };
