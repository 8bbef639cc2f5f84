import * as v from 'valibot';
import { itemSize } from '../meter/item-size';
import { chargeRead } from './charge';
import { type ItemCall, type Performer, readObject, toAnswer } from './item-call';
import type { LocalDatabase } from './local-database';

/** Performs Query or Scan: what is read is rounded up once per page, whether or not it passes the filter. */
export const performRange: Performer = async (call, { database }) => {
  const [part] = call.parts;
  const reply = await database.send(call.target, call.body);

  if (reply.status !== 200 || part === undefined) return { answer: toAnswer(reply), charges: [] };
  const bytes = isWhole(call) ? pageBytes(readObject(reply.body)) : await bytesRead(call, database);
  const consistency = call.request.ConsistentRead === true ? 'strong' : 'eventual';
  return { answer: toAnswer(reply), charges: [chargeRead(part.table, bytes, consistency, part.index)] };
};

const NARROWING = [
  'FilterExpression',
  'ProjectionExpression',
  'Select',
  'QueryFilter',
  'ScanFilter',
  'AttributesToGet',
];

const isWhole = ({ request }: ItemCall): boolean => NARROWING.every((member) => request[member] === undefined);

/** The same page again without what narrows the answer: the same items are read, and all come back. */
const bytesRead = async (call: ItemCall, database: LocalDatabase): Promise<number> => {
  const whole = Object.fromEntries(Object.entries(call.request).filter(([member]) => !NARROWING.includes(member)));
  const answer = await database.ask(call.operation, withoutUnusedNames(whole));
  if (answer === undefined) throw new Error(`DynamoDB Local refuses to repeat a ${call.operation} for the meter.`);
  return pageBytes(answer);
};

const placeholders = v.optional(v.record(v.string(), v.unknown()), {});

// DynamoDB refuses placeholders that no expression uses.
const withoutUnusedNames = (request: Record<string, unknown>): Record<string, unknown> => {
  const { ExpressionAttributeNames, ExpressionAttributeValues, ...rest } = request;
  const used = new Set(String(rest.KeyConditionExpression ?? '').match(/[#:]\w+/g));
  const usedOf = (all: unknown) => {
    const kept = Object.entries(v.parse(placeholders, all)).filter(([name]) => used.has(name));
    return kept.length > 0 ? Object.fromEntries(kept) : undefined;
  };
  return {
    ...rest,
    ExpressionAttributeNames: usedOf(ExpressionAttributeNames),
    ExpressionAttributeValues: usedOf(ExpressionAttributeValues),
  };
};

const page = v.object({ Items: v.optional(v.array(v.record(v.string(), v.unknown())), []) });

const pageBytes = (document: unknown): number =>
  v.parse(page, document).Items.reduce((sum, item) => sum + itemSize(item), 0);
