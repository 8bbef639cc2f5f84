import * as v from 'valibot';
import type { WireItem } from '../meter/item-size';
import type { LocalDatabase } from './local-database';

export type IndexSchema = {
  readonly name: string;
  /** The index's own key attributes. */
  readonly keys: readonly string[];
  /** What an entry holds beside the keys of table and index. */
  readonly projected: 'ALL' | readonly string[];
};

export type TableSchema = {
  /** The partition key and, where there is one, the sort key. */
  readonly keys: readonly string[];
  readonly indexes: readonly IndexSchema[];
};

/** The keys and indexes of the tables, asked once per table. */
export type TableSchemas = {
  /** Undefined for a table that does not exist (yet). */
  find(table: string): Promise<TableSchema | undefined>;
  forget(table: string): void;
};

const keySchema = v.pipe(
  v.array(v.object({ AttributeName: v.string(), KeyType: v.picklist(['HASH', 'RANGE']) })),
  v.transform((keys) => [...keys].sort((a, b) => a.KeyType.localeCompare(b.KeyType)).map((key) => key.AttributeName)),
);

const index = v.pipe(
  v.object({
    IndexName: v.string(),
    KeySchema: keySchema,
    Projection: v.object({ ProjectionType: v.string(), NonKeyAttributes: v.optional(v.array(v.string()), []) }),
  }),
  v.transform(
    ({ IndexName, KeySchema, Projection }): IndexSchema => ({
      name: IndexName,
      keys: KeySchema,
      projected: Projection.ProjectionType === 'ALL' ? 'ALL' : Projection.NonKeyAttributes,
    }),
  ),
);

const description = v.object({
  Table: v.object({
    KeySchema: keySchema,
    GlobalSecondaryIndexes: v.optional(v.array(index), []),
    LocalSecondaryIndexes: v.optional(v.array(index), []),
  }),
});

export const createTableSchemas = (database: LocalDatabase): TableSchemas => {
  const known = new Map<string, TableSchema>();
  return {
    find: async (table) =>
      known.get(table) ?? keep(known, table, await database.ask('DescribeTable', { TableName: table })),
    forget: (table) => known.delete(table),
  };
};

const keep = (known: Map<string, TableSchema>, table: string, answer: unknown): TableSchema | undefined => {
  if (answer === undefined) return undefined;
  const { Table } = v.parse(description, answer);
  const schema = { keys: Table.KeySchema, indexes: [...Table.GlobalSecondaryIndexes, ...Table.LocalSecondaryIndexes] };
  known.set(table, schema);
  return schema;
};

/** The key of an item, as the request would spell it. */
export const keyOf = (schema: TableSchema, item: WireItem): WireItem =>
  Object.fromEntries(schema.keys.map((name) => [name, item[name]]));

/** The key of an item as text: `pk`, or `pk/sk`. */
export const keyText = (schema: TableSchema, item: WireItem): string =>
  schema.keys.map((name) => scalarText(item[name])).join('/');

const scalar = v.union([v.object({ S: v.string() }), v.object({ N: v.string() }), v.object({ B: v.string() })]);

/** The text within a key value, `{ S: 'a' }`; empty for anything else. */
export const scalarText = (value: unknown): string => {
  const read = v.safeParse(scalar, value);
  return read.success ? (Object.values(read.output)[0] ?? '') : '';
};
