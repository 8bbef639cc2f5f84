import * as v from 'valibot';
import { AwsError } from '../aws-error';
import type { WireItem } from '../meter/item-size';

/** One item, or one range of items, that a request touches. */
export type Part = {
  /** The IAM action without its prefix: what a transaction's member is called on its own. */
  readonly action: string;
  readonly does: 'put' | 'update' | 'delete' | 'check' | 'get' | 'range';
  readonly table: string;
  readonly index?: string;
  /** The new item of a put, the key of anything else; a range has none. */
  readonly item?: WireItem;
};

const wireItem = v.record(v.string(), v.unknown());
const onKey = v.object({ TableName: v.string(), Key: wireItem });
const onItem = v.object({ TableName: v.string(), Item: wireItem });
const onRange = v.object({ TableName: v.string(), IndexName: v.optional(v.string()) });

const keyed = (action: string, does: Part['does']) =>
  v.pipe(
    onKey,
    v.transform(({ TableName, Key }): Part => ({ action, does, table: TableName, item: Key })),
  );
const put = (action: string) =>
  v.pipe(
    onItem,
    v.transform(({ TableName, Item }): Part => ({ action, does: 'put', table: TableName, item: Item })),
  );
const range = (action: string) =>
  v.pipe(
    onRange,
    v.transform(
      ({ TableName, IndexName }): Part => ({
        action,
        does: 'range',
        table: TableName,
        ...(IndexName !== undefined && { index: IndexName }),
      }),
    ),
  );

const alone = <S extends v.GenericSchema<unknown, Part>>(part: S) =>
  v.pipe(
    part,
    v.transform((read: Part) => [read]),
  );

const transactWrite = v.union([
  v.pipe(
    v.object({ Put: put('PutItem') }),
    v.transform(({ Put }) => Put),
  ),
  v.pipe(
    v.object({ Update: keyed('UpdateItem', 'update') }),
    v.transform(({ Update }) => Update),
  ),
  v.pipe(
    v.object({ Delete: keyed('DeleteItem', 'delete') }),
    v.transform(({ Delete }) => Delete),
  ),
  v.pipe(
    v.object({ ConditionCheck: keyed('ConditionCheckItem', 'check') }),
    v.transform((check) => check.ConditionCheck),
  ),
]);
const transactGet = v.pipe(
  v.object({ Get: keyed('GetItem', 'get') }),
  v.transform(({ Get }) => Get),
);
const inTransaction = <S extends v.GenericSchema<unknown, Part>>(part: S) =>
  v.pipe(
    v.object({ TransactItems: v.array(part) }),
    v.transform(({ TransactItems }) => TransactItems),
  );

const batchGet = v.pipe(
  v.object({ RequestItems: v.record(v.string(), v.object({ Keys: v.array(wireItem) })) }),
  v.transform(({ RequestItems }) =>
    Object.entries(RequestItems).flatMap(([table, { Keys }]) =>
      Keys.map((item): Part => ({ action: 'BatchGetItem', does: 'get', table, item })),
    ),
  ),
);

const batchWriteMember = v.union([
  v.pipe(
    v.object({ PutRequest: v.object({ Item: wireItem }) }),
    v.transform(({ PutRequest }) => ({ does: 'put' as const, item: PutRequest.Item })),
  ),
  v.pipe(
    v.object({ DeleteRequest: v.object({ Key: wireItem }) }),
    v.transform(({ DeleteRequest }) => ({ does: 'delete' as const, item: DeleteRequest.Key })),
  ),
]);
const batchWrite = v.pipe(
  v.object({ RequestItems: v.record(v.string(), v.array(batchWriteMember)) }),
  v.transform(({ RequestItems }) =>
    Object.entries(RequestItems).flatMap(([table, members]) =>
      members.map((member): Part => ({ action: 'BatchWriteItem', table, ...member })),
    ),
  ),
);

const READERS = new Map<string, v.GenericSchema<unknown, Part[]>>([
  ['GetItem', alone(keyed('GetItem', 'get'))],
  ['PutItem', alone(put('PutItem'))],
  ['UpdateItem', alone(keyed('UpdateItem', 'update'))],
  ['DeleteItem', alone(keyed('DeleteItem', 'delete'))],
  ['Query', alone(range('Query'))],
  ['Scan', alone(range('Scan'))],
  ['BatchGetItem', batchGet],
  ['BatchWriteItem', batchWrite],
  ['TransactGetItems', inTransaction(transactGet)],
  ['TransactWriteItems', inTransaction(transactWrite)],
]);

/** Whether the operation reads or writes items. */
export const isItemOperation = (operation: string): boolean => READERS.has(operation);

/** The parts of an item operation's request; throws DynamoDB's ValidationException when they cannot be read. */
export const readParts = (operation: string, request: unknown): Part[] => {
  const schema = READERS.get(operation);
  if (schema === undefined) throw new Error(`${operation} has no parts.`);
  const read = v.safeParse(schema, request);
  if (read.success) return read.output;
  const message = `The local AWS proxy cannot read this ${operation}: ${read.issues.map((issue) => issue.message).join('; ')}`;
  throw new AwsError({ code: 'ValidationException', status: 400, message });
};
