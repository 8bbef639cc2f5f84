import { setTimeout as pause } from 'node:timers/promises';
import * as v from 'valibot';
import type { FunctionResult } from '../aws/lambda/create-lambda';
import type { EventSource } from './event-source';
import type { FailureCondition } from './failure-record';
import type { StreamRecord } from './stream-record';

export type DeliveryDeps = {
  readonly source: EventSource;
  readonly invoke: (payload: Buffer) => Promise<FunctionResult>;
  readonly giveUp: (batch: Batch, condition: FailureCondition) => Promise<void>;
  readonly now: () => Date;
  readonly signal: AbortSignal;
};

export type Batch = {
  readonly records: readonly StreamRecord[];
  /** How often these records have been tried already. */
  readonly attempts: number;
};

/** Waits double from this on, up to the longest. */
const FIRST_BACKOFF_MS = 100;
const LONGEST_BACKOFF_MS = 10_000;

/**
 * Hands a batch to the function until it is done with or given up. A failed batch is split when the mapping says so, which
 * costs no attempt; a partial answer repeats from the lowest failed record on. Rejects only when `signal` ends it.
 */
export const deliverBatch = async (deps: DeliveryDeps, batch: Batch): Promise<void> => {
  const { source, signal } = deps;
  signal.throwIfAborted();
  const fresh = await giveUpOld(deps, batch);
  if (fresh.records.length === 0) return;
  const failedFrom = await findFirstFailure(deps, fresh.records);
  if (failedFrom === undefined) return;
  const attempts = fresh.attempts + 1;
  const rest = fresh.records.slice(failedFrom);
  if (source.bisects && failedFrom === 0 && rest.length > 1) {
    const middle = Math.ceil(rest.length / 2);
    await deliverBatch(deps, { records: rest.slice(0, middle), attempts: fresh.attempts });
    return deliverBatch(deps, { records: rest.slice(middle), attempts: fresh.attempts });
  }
  if (source.retryAttempts >= 0 && attempts > source.retryAttempts) {
    return deps.giveUp({ records: rest, attempts }, 'RetryAttemptsExhausted');
  }
  await pause(Math.min(FIRST_BACKOFF_MS * 2 ** (attempts - 1), LONGEST_BACKOFF_MS), undefined, { signal });
  return deliverBatch(deps, { records: rest, attempts });
};

/** Gives up what is older than the mapping allows, and leaves the rest. */
const giveUpOld = async ({ source, giveUp, now }: DeliveryDeps, batch: Batch): Promise<Batch> => {
  if (source.recordAgeSeconds < 0) return batch;
  const oldest = now().getTime() / 1000 - source.recordAgeSeconds;
  const isOld = ({ dynamodb }: StreamRecord) => dynamodb.ApproximateCreationDateTime < oldest;
  const old = batch.records.filter(isOld);
  if (old.length === 0) return batch;
  await giveUp({ ...batch, records: old }, 'RecordAgeExceeded');
  return { ...batch, records: batch.records.filter((record) => !isOld(record)) };
};

const partialAnswer = v.nullish(
  v.object({ batchItemFailures: v.nullish(v.array(v.object({ itemIdentifier: v.string() }))) }),
);

/** The place of the first record that is not done with; undefined when all are. */
const findFirstFailure = async (
  { source, invoke, signal }: DeliveryDeps,
  records: readonly StreamRecord[],
): Promise<number | undefined> => {
  const answering = invoke(Buffer.from(JSON.stringify({ Records: records })));
  const { payload, functionError } = await unlessAborted(answering, signal);
  if (functionError !== undefined) return 0;
  if (!source.reportsItemFailures) return undefined;
  const answer = v.safeParse(partialAnswer, JSON.parse(payload.toString('utf8')));
  if (!answer.success) return 0;
  const failed = (answer.output?.batchItemFailures ?? []).map(({ itemIdentifier }) =>
    records.findIndex(({ dynamodb }) => dynamodb.SequenceNumber === itemIdentifier),
  );
  // An identifier that is not of this batch makes the whole batch count as failed.
  return failed.length === 0 ? undefined : Math.max(0, Math.min(...failed));
};

const unlessAborted = <T>(promise: Promise<T>, signal: AbortSignal): Promise<T> =>
  new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
