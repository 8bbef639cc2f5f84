import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  TransactionCanceledException,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { type PlatformRecord, storedPlatformRecord } from '../platform/record';
import { RECORD } from './table';

/** What became of a report: written now, or found there because it had been reported before. */
export type WrittenReport = { repeated: false } | { repeated: true; existing: PlatformRecord };

export type PlatformRecords = ReturnType<typeof createPlatformRecords>;

export type PlatformRecordsDeps = {
  client: Pick<DynamoDBClient, 'send'>;
  table: string;
  retentionDays: number;
};

/** The immutable records of what services report. */
export const createPlatformRecords = ({ client, table, retentionDays }: PlatformRecordsDeps) => {
  const toPut = (record: PlatformRecord) => {
    const expiresAt = Math.floor(record.receivedAt / 1000) + retentionDays * 86_400;
    return {
      TableName: table,
      Item: marshall({ pk: record.requestId, sk: RECORD, expiresAt, ...record }, { removeUndefinedValues: true }),
      ConditionExpression: 'attribute_not_exists(pk)',
      ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
    };
  };

  const write = async (records: readonly PlatformRecord[]): Promise<void> => {
    const [first, ...others] = records.map(toPut);
    if (first === undefined) throw new Error('A report has at least one record.');
    if (others.length === 0) await client.send(new PutItemCommand(first));
    else
      await client.send(new TransactWriteItemsCommand({ TransactItems: [first, ...others].map((Put) => ({ Put })) }));
  };

  /**
   * Writes the records of one report, all of them or none: a report whose key was taken by another must count nothing.
   * Throws what the SDK throws; the same report may then be written again.
   */
  const put = async (records: readonly PlatformRecord[]): Promise<WrittenReport> => {
    try {
      await write(records);
      return { repeated: false };
    } catch (error) {
      const found = existingIn(error);
      if (found === undefined) throw error;
      return { repeated: true, existing: v.parse(storedPlatformRecord, unmarshall(found)) };
    }
  };

  return { put };
};

/** The first record of the report that is there already, when that is why nothing was written. */
const existingIn = (error: unknown) => {
  if (error instanceof ConditionalCheckFailedException) return error.Item;
  return error instanceof TransactionCanceledException ? error.CancellationReasons?.[0]?.Item : undefined;
};
