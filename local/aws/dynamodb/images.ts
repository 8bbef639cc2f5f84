import * as v from 'valibot';
import type { WireItem } from '../meter/item-size';
import type { LocalDatabase } from './local-database';
import { keyOf, keyText, type TableSchema } from './table-schemas';

/** Where an item is, and under which id the proxy knows it. */
export type Place = {
  readonly id: string;
  readonly table: string;
  readonly schema: TableSchema;
  readonly key: WireItem;
};

/** The place of an item that is given whole, or by its key. */
export const toPlace = (table: string, schema: TableSchema, item: WireItem): Place => ({
  id: `${table} ${keyText(schema, item)}`,
  table,
  schema,
  key: keyOf(schema, item),
});

/** The items as last seen: what the meter needs to know of an item before it is written. */
export type Images = {
  /** The items as last seen, the others fetched; undefined where there is none. */
  recall(places: readonly Place[]): Promise<(WireItem | undefined)[]>;
  /** The items as they are now. */
  fetch(places: readonly Place[]): Promise<(WireItem | undefined)[]>;
  learn(place: Place, image: WireItem | undefined): void;
};

/** How many items are remembered. */
const REMEMBERED = 5_000;
const BATCH = 100;

const answer = v.object({
  Responses: v.record(v.string(), v.array(v.record(v.string(), v.unknown()))),
  UnprocessedKeys: v.optional(v.record(v.string(), v.unknown()), {}),
});

export const createImages = (database: LocalDatabase): Images => {
  const seen = new Map<string, WireItem | undefined>();

  const learn = ({ id }: Place, image: WireItem | undefined): void => {
    // Re-inserting moves the item to the end, so that the first entry is the one longest unseen.
    seen.delete(id);
    seen.set(id, image);
    const [oldest] = seen.keys();
    if (seen.size > REMEMBERED && oldest !== undefined) seen.delete(oldest);
  };

  const fetch = async (places: readonly Place[]): Promise<(WireItem | undefined)[]> => {
    const found = new Map<string, WireItem>();
    for (let from = 0; from < places.length; from += BATCH) {
      for (const [id, image] of await fetchBatch(database, places.slice(from, from + BATCH))) found.set(id, image);
    }
    for (const place of places) learn(place, found.get(place.id));
    return places.map(({ id }) => found.get(id));
  };

  const recall = async (places: readonly Place[]): Promise<(WireItem | undefined)[]> => {
    const missing = places.filter(({ id }) => !seen.has(id));
    if (missing.length > 0) await fetch(missing);
    return places.map(({ id }) => seen.get(id));
  };

  return { recall, fetch, learn };
};

const fetchBatch = async (database: LocalDatabase, places: readonly Place[]): Promise<[string, WireItem][]> => {
  const schemas = new Map(places.map(({ table, schema }) => [table, schema]));
  // A request may name a key twice, which BatchGetItem refuses.
  const unique = [...new Map(places.map((place) => [place.id, place])).values()];
  let wanted: Record<string, unknown> = Object.fromEntries(
    [...schemas.keys()].map((table) => [
      table,
      { ConsistentRead: true, Keys: unique.filter((place) => place.table === table).map(({ key }) => key) },
    ]),
  );
  const found: [string, WireItem][] = [];
  while (Object.keys(wanted).length > 0) {
    const reply = await database.ask('BatchGetItem', { RequestItems: wanted });
    // A key of the wrong type is refused here, and will be refused to the caller in the database's own words.
    if (reply === undefined) return found;
    const { Responses, UnprocessedKeys } = v.parse(answer, reply);
    for (const [table, items] of Object.entries(Responses)) {
      const schema = schemas.get(table);
      if (schema) found.push(...items.map((item): [string, WireItem] => [toPlace(table, schema, item).id, item]));
    }
    wanted = UnprocessedKeys;
  }
  return found;
};
