import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import type { LedgerRecord } from '../../lambdas/core/ledger/record';

type StreamItem = {
  eventID: string;
  eventName: 'INSERT' | 'MODIFY' | 'REMOVE';
  eventSource: 'aws:dynamodb';
  dynamodb: {
    Keys: Record<string, AttributeValue>;
    NewImage?: Record<string, AttributeValue>;
    SequenceNumber: string;
    ApproximateCreationDateTime: number;
  };
};

/** A record's item as the ledger's stream brings it; `changes` replaces attributes of the item. */
export const aStreamItem = (
  record: LedgerRecord,
  sequenceNumber: string,
  changes: Record<string, unknown> = {},
): StreamItem => {
  const keys = { pk: record.requestId, sk: record.kind === 'correction' ? 'correction' : 'record' };
  return {
    eventID: sequenceNumber,
    eventName: 'INSERT',
    eventSource: 'aws:dynamodb',
    dynamodb: {
      Keys: marshall(keys),
      NewImage: marshall({ ...keys, expiresAt: 1_800_000_000, ...record, ...changes }, { removeUndefinedValues: true }),
      SequenceNumber: sequenceNumber,
      ApproximateCreationDateTime: 1_795_255_200,
    },
  };
};

/** An event of the ledger's stream, its sequence numbers counted from 100. */
export const aStreamEvent = (records: readonly LedgerRecord[]): { Records: StreamItem[] } => ({
  Records: records.map((record, index) => aStreamItem(record, String(100 + index))),
});
