import { ConditionalCheckFailedException, type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
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
  const insert = async (record: PlatformRecord): Promise<WrittenReport> => {
    const expiresAt = Math.floor(record.receivedAt / 1000) + retentionDays * 86_400;
    const item = { pk: record.requestId, sk: RECORD, expiresAt, ...record };
    try {
      await client.send(
        new PutItemCommand({
          TableName: table,
          Item: marshall(item, { removeUndefinedValues: true }),
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        }),
      );
      return { repeated: false };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return { repeated: true, existing: v.parse(storedPlatformRecord, unmarshall(error.Item ?? {})) };
    }
  };

  /**
   * Writes the records of one report, each once. The first is written last: when it is there, all of them are.
   * Throws what the SDK throws; the same report may then be written again.
   */
  const put = async ([first, ...others]: readonly PlatformRecord[]): Promise<WrittenReport> => {
    await Promise.all(others.map(insert));
    if (first === undefined) throw new Error('A report has at least one record.');
    return insert(first);
  };

  return { put };
};
