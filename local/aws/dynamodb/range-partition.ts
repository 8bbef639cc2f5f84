import * as v from 'valibot';
import type { TableSchema } from './table-schemas';
import { scalarText } from './table-schemas';

const queryExpression = v.object({
  IndexName: v.optional(v.string()),
  KeyConditionExpression: v.string(),
  ExpressionAttributeNames: v.optional(v.record(v.string(), v.string()), {}),
  ExpressionAttributeValues: v.optional(v.record(v.string(), v.unknown()), {}),
});

const EQUALITY = /([#\w.-]+)\s*=\s*(:\w+)/g;

/** The partition key value that a Query asks for, as text; undefined for a Scan. */
export const rangePartition = (schema: TableSchema, request: unknown): string | undefined => {
  const read = v.safeParse(queryExpression, request);
  if (!read.success) return undefined;
  const { IndexName, KeyConditionExpression, ExpressionAttributeNames, ExpressionAttributeValues } = read.output;
  const index = schema.indexes.find(({ name }) => name === IndexName);
  const [partitionKey] = (index ?? schema).keys;
  for (const [, name = '', placeholder = ''] of KeyConditionExpression.matchAll(EQUALITY)) {
    if ((ExpressionAttributeNames[name] ?? name) === partitionKey)
      return scalarText(ExpressionAttributeValues[placeholder]);
  }
  return undefined;
};
