import type { Access } from '../iam/access';
import type { Principal } from '../principal';
import type { ServiceCall } from '../service';
import { toPlace } from './images';
import { type ItemCall, readObject, toAnswer } from './item-call';
import type { LocalDatabase } from './local-database';
import { createPerformItemCall, type PerformDeps } from './perform-item-call';
import { rangePartition } from './range-partition';
import { type Part, readParts } from './read-parts';
import { keyText, scalarText, type TableSchema, type TableSchemas } from './table-schemas';

type Deps = PerformDeps & { database: LocalDatabase; schemas: TableSchemas; region: string; accountId: string };
type Request = { target: string; operation: string; body: Buffer; principal: Principal };

/** Understands what reads and writes items: a transaction or batch is allowed part by part. */
export const createReadItemCall = (deps: Deps) => {
  const perform = createPerformItemCall(deps);
  return async ({ target, operation, body, principal }: Request): Promise<ServiceCall> => {
    const request = readObject(body);
    const parts = readParts(operation, request);
    const tables = [...new Set(parts.map(({ table }) => table))];
    const schemas = await findSchemas(deps.schemas, tables);
    const call: ItemCall = { operation, target, body, request, parts, places: toPlaces(parts, schemas) };
    return {
      operation,
      accesses: toAccesses(call, schemas, `arn:aws:dynamodb:${deps.region}:${deps.accountId}:table/`),
      tables,
      keys: parts.flatMap((part) => keysOf(part, request, schemas.get(part.table))),
      eventuallyConsistent: isEventuallyConsistent(call),
      // A table that does not exist is refused in the database's own words.
      perform: async (conduct) => {
        if (schemas.size === tables.length) return perform(call, principal, conduct);
        await conduct.wait();
        return toAnswer(await deps.database.send(target, body));
      },
    };
  };
};

type Schemas = ReadonlyMap<string, TableSchema>;

const findSchemas = async (schemas: TableSchemas, tables: readonly string[]): Promise<Schemas> => {
  const found = await Promise.all(tables.map(async (table) => [table, await schemas.find(table)] as const));
  return new Map(found.flatMap(([table, schema]) => (schema === undefined ? [] : [[table, schema]])));
};

const toPlaces = (parts: readonly Part[], schemas: Schemas) =>
  parts.flatMap(({ table, item }) => {
    const schema = schemas.get(table);
    if (schema === undefined) return [];
    return [toPlace(table, schema, item ?? {})];
  });

const toAccesses = (call: ItemCall, schemas: Schemas, prefix: string): Access[] => {
  const byPlace = new Map<string, { access: Access; leading: string[] }>();
  for (const { action, table, index, item } of call.parts) {
    const resource = `${prefix}${table}${index === undefined ? '' : `/index/${index}`}`;
    const schema = schemas.get(table);
    const leadingKey = schema && (item ? scalarText(item[schema.keys[0] ?? '']) : rangePartition(schema, call.request));
    const id = `${action} ${resource}`;
    const leading = [...(byPlace.get(id)?.leading ?? []), ...(leadingKey === undefined ? [] : [leadingKey])];
    const enclosing = call.operation.startsWith('Transact') && { 'dynamodb:EnclosingOperation': call.operation };
    const context = { ...enclosing, ...(leading.length > 0 && { 'dynamodb:LeadingKeys': leading }) };
    byPlace.set(id, { access: { action: `dynamodb:${action}`, resource, context }, leading });
  }
  return [...byPlace.values()].map(({ access }) => access);
};

const keysOf = ({ item }: Part, request: unknown, schema: TableSchema | undefined): string[] => {
  if (schema === undefined) return [];
  if (item !== undefined) return [keyText(schema, item)];
  const partition = rangePartition(schema, request);
  return partition === undefined ? [] : [partition];
};

const isEventuallyConsistent = ({ operation, request, body }: ItemCall): boolean => {
  if (operation === 'BatchGetItem') return !body.includes('"ConsistentRead":true');
  return ['GetItem', 'Query', 'Scan'].includes(operation) && request.ConsistentRead !== true;
};
