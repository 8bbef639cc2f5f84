import * as v from 'valibot';
import type { WireItem } from '../meter/item-size';
import type { Consistency } from '../meter/units';
import { chargeRead, sizeOf } from './charge';
import { toPlace } from './images';
import { type ItemCall, type Performer, readItem, readObject, toAnswer } from './item-call';

/** Performs GetItem, BatchGetItem or TransactGetItems: each item is rounded up on its own, one that is not there too. */
export const performGets: Performer = async (call, { database, images }) => {
  const reply = await database.send(call.target, call.body);

  if (reply.status !== 200) return { answer: toAnswer(reply), charges: [] };
  const returned = isWhole(call) ? returnedItems(call, readObject(reply.body)) : await images.recall(call.places);
  if (isWhole(call)) for (const [n, place] of call.places.entries()) images.learn(place, returned[n]);
  const charges = call.places.map(({ table }, n) => chargeRead(table, sizeOf(returned[n]), consistencyOf(call, table)));
  return { answer: toAnswer(reply), charges };
};

const tableRequests = v.record(v.string(), v.looseObject({ ConsistentRead: v.optional(v.boolean()) }));

const consistencyOf = ({ operation, request }: ItemCall, table: string): Consistency => {
  if (operation === 'TransactGetItems') return 'transactional';
  const source = operation === 'BatchGetItem' ? v.parse(tableRequests, request.RequestItems)[table] : request;
  return source?.ConsistentRead === true ? 'strong' : 'eventual';
};

/** Whether the answer holds items whole. A projection does not make a read cheaper, so the whole size is needed. */
const isWhole = ({ body }: ItemCall): boolean => !/"(ProjectionExpression|AttributesToGet)"/.test(body.toString());

const responses = v.object({
  Item: v.optional(v.unknown()),
  Responses: v.optional(v.union([v.array(v.looseObject({})), v.record(v.string(), v.array(v.unknown()))])),
});

/** The items of an answer, in the order of the parts. */
const returnedItems = (call: ItemCall, document: unknown): (WireItem | undefined)[] => {
  const { Item, Responses } = v.parse(responses, document);
  if (Responses === undefined) return [readItem(Item)];
  if (Array.isArray(Responses)) return Responses.map((response) => readItem(response.Item));
  const schemas = new Map(call.places.map(({ table, schema }) => [table, schema]));
  const found = new Map<string, WireItem>();
  for (const [table, items] of Object.entries(Responses)) {
    const schema = schemas.get(table);
    for (const item of items.map(readItem)) if (schema && item) found.set(toPlace(table, schema, item).id, item);
  }
  return call.places.map(({ id }) => found.get(id));
};
