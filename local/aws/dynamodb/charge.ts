import { isDeepStrictEqual } from 'node:util';
import { itemSize, type WireItem } from '../meter/item-size';
import type { MeterTotal } from '../meter/meter-row';
import { type Consistency, readUnits, writeUnits } from '../meter/units';
import type { IndexSchema, TableSchema } from './table-schemas';

/** What one item, page or index entry consumed. */
export type Charge = { readonly table: string; readonly index?: string } & Partial<Omit<MeterTotal, 'calls'>>;

/** An item before and after a write; undefined where there is none. */
export type Change = {
  readonly table: string;
  readonly schema: TableSchema;
  readonly before: WireItem | undefined;
  readonly after: WireItem | undefined;
};

/** DynamoDB performs a transactional write twice on the table, and once on its indexes. */
export type WriteMode = 'plain' | 'transactional';

/** The charges of a write that happened: on the table by the larger of the two versions, on each index by what it stores. */
export const chargeWrite = ({ table, schema, before, after }: Change, mode: WriteMode): Charge[] => {
  const bytes = Math.max(sizeOf(before), sizeOf(after));
  return [
    toWriteCharge(table, bytes, mode),
    ...schema.indexes.flatMap((index) =>
      chargeIndex(toEntry(index, schema, before), toEntry(index, schema, after), index).map(
        (bytes): Charge => ({ table, index: index.name, writeUnits: writeUnits(bytes), writtenBytes: bytes }),
      ),
    ),
  ];
};

/** The charge of a write whose condition failed, or that met a conflict: by the item that is there. */
export const chargeRefusedWrite = (table: string, existing: WireItem | undefined, mode: WriteMode): Charge =>
  toWriteCharge(table, sizeOf(existing), mode);

/** The charge of reading one item, or one page of a range: `bytes` is what was read, not what was returned. */
export const chargeRead = (table: string, bytes: number, consistency: Consistency, index?: string): Charge => ({
  table,
  ...(index !== undefined && { index }),
  readUnits: readUnits(bytes, consistency),
  readBytes: bytes,
});

export const sizeOf = (item: WireItem | undefined): number => (item === undefined ? 0 : itemSize(item));

const toWriteCharge = (table: string, bytes: number, mode: WriteMode): Charge => ({
  table,
  writeUnits: writeUnits(bytes) * (mode === 'transactional' ? 2 : 1),
  writtenBytes: bytes,
});

/** The bytes of each write that an index sees: a moved key is a removal and an insertion, an unchanged entry is none. */
const chargeIndex = (before: WireItem | undefined, after: WireItem | undefined, index: IndexSchema): number[] => {
  if (before === undefined && after === undefined) return [];
  if (before === undefined || after === undefined) return [Math.max(sizeOf(before), sizeOf(after))];
  const moved = index.keys.some((name) => !isSame(before[name], after[name]));
  if (moved) return [itemSize(before), itemSize(after)];
  return isSameItem(before, after) ? [] : [Math.max(itemSize(before), itemSize(after))];
};

/** What an index stores of an item; undefined when the item lacks a key of the index. */
const toEntry = (index: IndexSchema, schema: TableSchema, item: WireItem | undefined): WireItem | undefined => {
  if (item === undefined || index.keys.some((name) => item[name] === undefined)) return undefined;
  if (index.projected === 'ALL') return item;
  const names = new Set([...schema.keys, ...index.keys, ...index.projected]);
  return Object.fromEntries(Object.entries(item).filter(([name]) => names.has(name)));
};

const isSameItem = (one: WireItem, other: WireItem): boolean => {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => isSame(one[name], other[name]));
};

const isSame = (one: unknown, other: unknown): boolean => isDeepStrictEqual(withSortedSets(one), withSortedSets(other));

const SETS = new Set(['SS', 'NS', 'BS']);

// DynamoDB returns the members of a set in an order of its own, which is no change.
const withSortedSets = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withSortedSets);
  if (typeof value !== 'object' || value === null) return value;
  const sorted = Object.entries(value).map(([name, content]) =>
    SETS.has(name) && Array.isArray(content) ? [name, [...content].sort()] : [name, withSortedSets(content)],
  );
  return Object.fromEntries(sorted);
};
