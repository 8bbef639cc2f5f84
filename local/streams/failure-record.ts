import { randomUUID } from 'node:crypto';
import type { EventSource } from './event-source';
import type { StreamRecord } from './stream-record';

/** Why a batch was given up. */
export type FailureCondition = 'RetryAttemptsExhausted' | 'RecordAgeExceeded';

export type GivenUp = {
  readonly source: EventSource;
  readonly streamArn: string;
  readonly functionArn: string;
  readonly shardId: string;
  readonly records: readonly StreamRecord[];
  readonly condition: FailureCondition;
  /** How often the function was invoked with these records. */
  readonly invocations: number;
  readonly now: Date;
};

export type FailureObject = { readonly key: string; readonly body: string };

/** What Lambda writes into the failure bucket: the invocation record, with the whole event as escaped JSON. */
export const toFailureObject = (given: GivenUp): FailureObject => {
  const { source, streamArn, functionArn, shardId, records, condition, invocations, now } = given;
  const numbers = records.map(({ dynamodb }) => dynamodb.SequenceNumber);
  const times = records.map(({ dynamodb }) => toIso(dynamodb.ApproximateCreationDateTime));
  const body = {
    requestContext: { requestId: randomUUID(), functionArn, condition, approximateInvokeCount: invocations },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: now.toISOString(),
    DDBStreamBatchInfo: {
      shardId,
      startSequenceNumber: numbers.at(0),
      endSequenceNumber: numbers.at(-1),
      approximateArrivalOfFirstRecord: times.at(0),
      approximateArrivalOfLastRecord: times.at(-1),
      batchSize: records.length,
      streamArn,
    },
    payload: JSON.stringify({ Records: records }),
  };
  return { key: toKey(source.id, shardId, now), body: JSON.stringify(body) };
};

const toIso = (seconds: number): string => new Date(seconds * 1000).toISOString();

const toKey = (sourceId: string, shardId: string, now: Date): string => {
  const [day = '', time = ''] = now.toISOString().slice(0, 19).split('T');
  const folder = `aws/lambda/${sourceId}/${shardId}/${day.replaceAll('-', '/')}`;
  return `${folder}/${day}T${time.replaceAll(':', '.')}-${randomUUID()}`;
};
