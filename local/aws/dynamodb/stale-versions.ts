import * as v from 'valibot';
import { AwsError } from '../aws-error';
import type { WireItem } from '../meter/item-size';
import type { Answer } from '../service';
import { type Images, type Place, toPlace } from './images';
import { type ItemCall, readItem, readObject } from './item-call';

/** The versions of items before their latest write, kept while a fault may ask for them. */
export type StaleVersions = {
  /** To be called before the items are written. */
  keep(places: readonly Place[], images: Images): Promise<void>;
  /** Forgets what no fault asks for any more. */
  drop(places: readonly Place[]): void;
  /** The answer of a read as it was before the latest writes. */
  toStale(call: ItemCall, answer: Answer): Answer;
};

export const createStaleVersions = (): StaleVersions => {
  const previous = new Map<string, WireItem | undefined>();
  return {
    keep: async (places, images) => {
      const now = await images.fetch(places);
      for (const [n, { id }] of places.entries()) previous.set(id, now[n]);
    },
    drop: (places) => {
      for (const { id } of places) previous.delete(id);
    },
    toStale: (call, answer) => {
      if (answer.status !== 200 || !Buffer.isBuffer(answer.body) || previous.size === 0) return answer;
      const document = toStaleDocument(call, readObject(answer.body), previous);
      const { 'x-amz-crc32': _, ...headers } = answer.headers;
      return { ...answer, headers, body: Buffer.from(JSON.stringify(document)) };
    },
  };
};

type Versions = ReadonlyMap<string, WireItem | undefined>;

const toStaleDocument = (call: ItemCall, document: Record<string, unknown>, previous: Versions) => {
  if (call.operation === 'GetItem') return staleGet(call, document, previous);
  if (call.operation === 'BatchGetItem') return staleBatchGet(call, document, previous);
  return staleRange(call, document, previous);
};

const staleGet = (call: ItemCall, document: Record<string, unknown>, previous: Versions) => {
  const [place] = call.places;
  if (place === undefined || !previous.has(place.id)) return document;
  const { Item: _, ...rest } = document;
  const item = previous.get(place.id);
  return item === undefined ? rest : { ...rest, Item: project(item, call.request) };
};

const responses = v.record(v.string(), v.array(v.unknown()));
const tableRequests = v.record(v.string(), v.looseObject({}));

const staleBatchGet = (call: ItemCall, document: Record<string, unknown>, previous: Versions) => {
  const requests = v.parse(tableRequests, call.request.RequestItems);
  const stale = Object.entries(v.parse(responses, document.Responses)).map(([table, items]) => {
    const places = call.places.filter((place) => place.table === table);
    const current = items.map(readItem).filter((item) => item !== undefined);
    const known = new Map(current.map((item) => [idOf(places[0], item), item]));
    const versions = places.map(({ id }) => {
      const item = previous.get(id);
      return previous.has(id) ? item && project(item, requests[table] ?? {}) : known.get(id);
    });
    return [table, versions.filter((item) => item !== undefined)];
  });
  return { ...document, Responses: Object.fromEntries(stale) };
};

// An item deleted meanwhile stays away: whether it lies in the range is known to the database only.
const staleRange = (call: ItemCall, document: Record<string, unknown>, previous: Versions) => {
  const items = v.parse(v.optional(v.array(v.unknown()), []), document.Items).map(readItem);
  const [place] = call.places;
  const stale = items.map((item) => {
    const id = item && idOf(place, item);
    if (id === undefined || !previous.has(id)) return item;
    const version = previous.get(id);
    return version && project(version, call.request);
  });
  const kept = stale.filter((item) => item !== undefined);
  return { ...document, Items: kept, Count: kept.length };
};

const idOf = (like: Place | undefined, item: WireItem): string | undefined =>
  like && toPlace(like.table, like.schema, item).id;

const projection = v.looseObject({
  ProjectionExpression: v.optional(v.string()),
  ExpressionAttributeNames: v.optional(v.record(v.string(), v.string()), {}),
});

const project = (item: WireItem, request: unknown): WireItem => {
  const { ProjectionExpression, ExpressionAttributeNames } = v.parse(projection, request);
  if (ProjectionExpression === undefined) return item;
  const names = ProjectionExpression.split(',').map((name) => name.trim());
  if (names.some((name) => /[.[]/.test(name))) throw unprojectable(ProjectionExpression);
  const wanted = new Set(names.map((name) => ExpressionAttributeNames[name] ?? name));
  return Object.fromEntries(Object.entries(item).filter(([name]) => wanted.has(name)));
};

const unprojectable = (expression: string): AwsError =>
  new AwsError({
    code: 'UnsupportedStaleRead',
    status: 400,
    message: `The staleRead fault projects top-level attributes only, not ${expression}.`,
  });
