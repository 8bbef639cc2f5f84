import type { Context } from 'aws-lambda';
import type { ApplyRecords } from '../core/counters/apply-records';
import { toInvocationContext } from '../core/telemetry/invocation-context';
import type { PublishOperational } from '../core/telemetry/operational';
import type { Log } from '../core/telemetry/ports';
import type { FailureBucket } from './failure-bucket';
import { readFailure } from './read-failure';

export type ReconcileDeps = {
  bucket: FailureBucket;
  apply: ApplyRecords;
  publish: PublishOperational;
  log: Log;
};

type Invocation = Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>;

/** Time for the object under way; what is left then waits for the next schedule. */
const RESERVE_MS = 30_000;

/**
 * Counts what the stream mapping gave up on. An object is removed once all of it is counted; one that cannot be read,
 * or not wholly, stays and is logged, each time anew, until somebody looks or its retention ends.
 */
export const createReconcile = ({ bucket, apply, publish, log }: ReconcileDeps) => {
  const feed = async (key: string): Promise<number> => {
    const { records, unreadable } = readFailure(await bucket.read(key));
    await apply(records);
    if (unreadable.length > 0) {
      const errors = unreadable.map(({ error }) => error);
      throw new AggregateError(errors, `${unreadable.length} records of this object cannot be read.`);
    }
    await bucket.remove(key);
    return records.length;
  };

  return async (_event: unknown, invocation: Invocation): Promise<void> => {
    const context = toInvocationContext(invocation);
    let reapplied = 0;
    let kept = 0;
    for await (const key of bucket.keys()) {
      if (invocation.getRemainingTimeInMillis() < RESERVE_MS) break;
      try {
        const records = await feed(key);
        reapplied += 1;
        log.event('failure_reapplied', context, { object: key, records });
      } catch (error) {
        kept += 1;
        log.event('failure_kept', context, { object: key }, error);
      }
    }
    await publish({ failures_reapplied: reapplied, failures_kept: kept });
  };
};
