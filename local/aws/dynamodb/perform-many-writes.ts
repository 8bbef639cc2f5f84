import type { WireItem } from '../meter/item-size';
import { type Charge, chargeRead, chargeRefusedWrite, chargeWrite, sizeOf, type WriteMode } from './charge';
import type { Images, Place } from './images';
import { errorCode, type ItemCall, type Performer, toAnswer } from './item-call';
import type { Part } from './read-parts';

/** Performs BatchWriteItem: its members are charged like single writes. */
export const performBatchWrite: Performer = async (call, { database, images }) => {
  const before = await images.recall(call.places);

  const reply = await database.send(call.target, call.body);

  if (reply.status !== 200) return { answer: toAnswer(reply), charges: [] };
  return { answer: toAnswer(reply), charges: await chargeAll({ call, before, images, mode: 'plain' }) };
};

/** How many transactions are remembered to recognise their repetition. */
const REMEMBERED = 10_000;

/** Performs TransactWriteItems; a repetition of one that succeeded changes nothing and is charged as reads. */
export const createPerformTransactWrite = (): Performer => {
  const done = new Set<string>();
  return async (call, { database, images }) => {
    const token = call.request.ClientRequestToken;
    const before = await images.recall(call.places);

    const reply = await database.send(call.target, call.body);

    const answer = toAnswer(reply);
    if (reply.status !== 200) {
      const counts = errorCode(reply) === 'TransactionCanceledException';
      return { answer, charges: counts ? chargeCanceled(call, before) : [] };
    }
    if (typeof token === 'string' && done.has(token)) return { answer, charges: chargeRepetition(call, before) };
    if (typeof token === 'string') remember(done, token);
    return { answer, charges: await chargeAll({ call, before, images, mode: 'transactional' }) };
  };
};

const remember = (done: Set<string>, token: string): void => {
  done.add(token);
  const [oldest] = done;
  if (done.size > REMEMBERED && oldest !== undefined) done.delete(oldest);
};

type Written = { call: ItemCall; before: readonly (WireItem | undefined)[]; images: Images; mode: WriteMode };

const chargeAll = async ({ call, before, images, mode }: Written): Promise<Charge[]> => {
  const updated = call.places.filter((_, n) => call.parts[n]?.does === 'update');
  const fetched = new Map((await images.fetch(updated)).map((image, n) => [updated[n]?.id, image]));
  return call.parts.flatMap((part, n) => {
    const place = call.places[n];
    if (place === undefined) return [];
    const after = afterOf(part, place, before[n], fetched);
    images.learn(place, after);
    return chargeWrite({ table: part.table, schema: place.schema, before: before[n], after }, mode);
  });
};

const afterOf = (
  part: Part,
  place: Place,
  before: WireItem | undefined,
  fetched: ReadonlyMap<string | undefined, WireItem | undefined>,
): WireItem | undefined => {
  if (part.does === 'put') return part.item;
  if (part.does === 'update') return fetched.get(place.id);
  return part.does === 'check' ? before : undefined;
};

/** AWS does not print what a cancelled transaction costs; it is counted in full, on the items that are there. */
export const chargeCanceled = (call: ItemCall, before: readonly (WireItem | undefined)[]): Charge[] =>
  call.parts.map((part, n) => chargeRefusedWrite(part.table, before[n], 'transactional'));

const chargeRepetition = (call: ItemCall, before: readonly (WireItem | undefined)[]): Charge[] =>
  call.parts.map((part, n) => chargeRead(part.table, sizeOf(before[n]), 'transactional'));
