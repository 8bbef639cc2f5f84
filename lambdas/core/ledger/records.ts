import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { callAws } from '../telemetry/call-aws';
import type { Span } from '../telemetry/ports';
import type { CorrectionRecord, RequestRecord } from './record';
import { CORRECTION, RECORD } from './table';

const stored = v.custom<RequestRecord>(
  (item) =>
    typeof item === 'object' &&
    item !== null &&
    'schema' in item &&
    item.schema === 1 &&
    'kind' in item &&
    item.kind === 'request',
);

/** The record of an item, without what only the table needs. */
const toRecord = ({ pk, sk, expiresAt, ...record }: Record<string, unknown>): RequestRecord => v.parse(stored, record);

/** Who finished a request: `written` this call, now or in an attempt whose answer was lost; `late` somebody else before it. */
export type Written = { written: true } | { written: false; existing: RequestRecord };

export type Records = ReturnType<typeof createRecords>;

/** The immutable records of the ledger table: at most one per request, and at most one correction. */
export const createRecords = (deps: { client: DynamoDBClient; table: string; retentionDays: number }) => {
  const { client, table, retentionDays } = deps;
  const expiresAt = (startedAt: number): number => Math.floor(startedAt / 1000) + retentionDays * 86_400;

  const insert = async (record: RequestRecord | CorrectionRecord, sk: string, span?: Span) => {
    const { startedAt } = record.kind === 'correction' ? record.actual : record;
    const item = marshall(
      { pk: record.requestId, sk, expiresAt: expiresAt(startedAt), ...record },
      { removeUndefinedValues: true },
    );
    try {
      const command = new PutItemCommand({
        TableName: table,
        Item: item,
        ConditionExpression: 'attribute_not_exists(pk)',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      await callAws(span, { service: 'DynamoDB', operation: 'PutItem', table }, (options) =>
        client.send(command, options),
      );
      return undefined;
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return unmarshall(error.Item ?? {});
    }
  };

  /** Writes the terminal record unless there is one. The same record found there is this call's own, its answer lost. */
  const put = async (record: RequestRecord, span?: Span): Promise<Written> => {
    const found = await insert(record, RECORD, span);
    if (found === undefined) return { written: true };
    const existing = toRecord(found);
    return existing.outcome === record.outcome ? { written: true } : { written: false, existing };
  };

  /** Writes what came in after `abandoned` had been written. Repeating it changes nothing. */
  const correct = async (abandoned: RequestRecord, actual: RequestRecord, span?: Span): Promise<void> => {
    const correction: CorrectionRecord = {
      schema: 1,
      kind: 'correction',
      requestId: actual.requestId,
      abandoned,
      actual,
    };
    await insert(correction, CORRECTION, span);
  };

  const read = async (requestId: string, sk: string) => {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: marshall({ pk: requestId, sk }), ConsistentRead: true }),
    );
    return Item && unmarshall(Item);
  };

  /** The record of a request as it was first written; undefined when there is none yet. */
  const get = async (requestId: string): Promise<RequestRecord | undefined> => {
    const item = await read(requestId, RECORD);
    return item && toRecord(item);
  };

  /** The record with its correction applied. */
  const getCorrected = async (requestId: string): Promise<RequestRecord | undefined> => {
    const record = await get(requestId);
    if (record?.outcome !== 'abandoned') return record;
    const correction = await read(requestId, CORRECTION);
    return correction === undefined ? record : v.parse(stored, correction.actual);
  };

  return { put, correct, get, getCorrected };
};
