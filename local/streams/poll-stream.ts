import { setTimeout as pause } from 'node:timers/promises';
import { type DynamoDBStreamsClient, TrimmedDataAccessException } from '@aws-sdk/client-dynamodb-streams';
import type { FunctionResult } from '../aws/lambda/create-lambda';
import type { StreamNames } from '../dynamodb/create-tables';
import type { Checkpoints } from './checkpoints';
import { type Batch, deliverBatch } from './deliver-batch';
import { matches } from './event-pattern';
import type { EventSource } from './event-source';
import { type FailureCondition, type FailureObject, toFailureObject } from './failure-record';
import { openShard, type Position, type ShardReader } from './shard-reader';
import { type JsonItem, type StreamRecord, toStreamRecord } from './stream-record';
import { countForBatch } from './take-batch';

export type PollDeps = {
  readonly source: EventSource;
  readonly stream: StreamNames;
  readonly functionArn: string;
  readonly region: string;
  readonly client: DynamoDBStreamsClient;
  readonly invoke: (payload: Buffer) => Promise<FunctionResult>;
  readonly putFailure: (bucket: string, object: FailureObject) => Promise<void>;
  readonly checkpoints: Checkpoints;
  readonly isExpiry: (keys: JsonItem) => boolean;
  /** Told of what the poller goes on after: a stream that cannot be read, a failure that cannot be kept. */
  readonly onFailure: (error: unknown) => void;
};

export type Poller = {
  /** Ends it without waiting for a running invocation. */
  stop(): Promise<void>;
};

/** Lambda reads each shard four times a second. */
const POLL_INTERVAL_MS = 250;
const RETRY_INTERVAL_MS = 1000;

/** Reads a stream from its checkpoint on and hands its records to the function, batch by batch, in order, until stopped. */
export const pollStream = (deps: PollDeps): Poller => {
  const ending = new AbortController();
  const running = run(deps, ending.signal);
  return {
    stop: async () => {
      ending.abort();
      await running;
    },
  };
};

const run = async (deps: PollDeps, signal: AbortSignal): Promise<void> => {
  const finished = new Set<string>();
  while (!signal.aborted) {
    try {
      const shard = await openShard(deps.client, toStart(deps), deps.checkpoints.find(deps.source.id), finished);
      if (shard === undefined) await pause(RETRY_INTERVAL_MS, undefined, { signal });
      else await readShard(deps, shard, signal);
      if (shard !== undefined) finished.add(shard.shardId);
    } catch (error) {
      if (signal.aborted) return;
      // DynamoDB Local takes back an iterator that was made before the shard had a record.
      if (!(error instanceof TrimmedDataAccessException)) deps.onFailure(error);
      // What was read and not delivered is read again from the checkpoint.
      await pause(RETRY_INTERVAL_MS, undefined, { signal }).catch(() => undefined);
    }
  }
};

const toStart = ({ stream, source }: PollDeps) => ({
  streamArn: stream.localArn,
  startingPosition: source.startingPosition,
});

/** Resolves when the shard is closed and everything in it delivered. */
const readShard = async (deps: PollDeps, shard: ShardReader, signal: AbortSignal): Promise<void> => {
  const { source, stream, region, isExpiry } = deps;
  const pending: StreamRecord[] = [];
  let oldestAt = Number.POSITIVE_INFINITY;
  for (;;) {
    const read = await shard.read();
    const records = (read ?? []).map((record) => toStreamRecord(record, { streamArn: stream.arn, region, isExpiry }));
    const wanted = records.filter((record) => isWanted(source, record));
    if (pending.length === 0 && wanted.length > 0) oldestAt = Date.now();
    pending.push(...wanted);
    const windowIsOver = Date.now() - oldestAt >= source.batchingWindowSeconds * 1000;
    while (pending.length >= source.batchSize || (pending.length > 0 && (windowIsOver || read === undefined))) {
      await deliver(deps, shard.shardId, pending.splice(0, countForBatch(pending, source.batchSize)), signal);
    }
    if (read === undefined) return;
    const last = records.at(-1);
    // Records that no filter wants are done with as soon as nothing before them is pending.
    if (pending.length === 0 && last !== undefined) save(deps, shard.shardId, last);
    if (records.length === 0) await pause(POLL_INTERVAL_MS, undefined, { signal });
    signal.throwIfAborted();
  }
};

const isWanted = ({ filters }: EventSource, record: StreamRecord): boolean =>
  filters.length === 0 || filters.some((pattern) => matches(pattern, record));

const deliver = async (deps: PollDeps, shardId: string, records: readonly StreamRecord[], signal: AbortSignal) => {
  await deliverBatch(
    {
      source: deps.source,
      invoke: deps.invoke,
      giveUp: (batch, condition) => giveUp(deps, shardId, batch, condition),
      now: () => new Date(),
      signal,
    },
    { records, attempts: 0 },
  );
  const last = records.at(-1);
  if (last !== undefined) save(deps, shardId, last);
};

const save = ({ checkpoints, source }: PollDeps, shardId: string, { dynamodb }: StreamRecord): void => {
  const position: Position = { shardId, sequenceNumber: dynamodb.SequenceNumber };
  checkpoints.save(source.id, position);
};

const giveUp = async (
  { source, stream, functionArn, putFailure, onFailure }: PollDeps,
  shardId: string,
  { records, attempts }: Batch,
  condition: FailureCondition,
): Promise<void> => {
  if (source.failureBucket === undefined) return;
  const now = new Date();
  const object = toFailureObject({
    source,
    streamArn: stream.arn,
    functionArn,
    shardId,
    records,
    condition,
    invocations: attempts,
    now,
  });
  // As on AWS, a destination that cannot be written to does not hold up the stream.
  await putFailure(source.failureBucket, object).catch(onFailure);
};
