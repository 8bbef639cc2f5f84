import { gunzipSync, gzipSync } from 'node:zlib';
import { type AttributeValue, ConditionalCheckFailedException, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import * as v from 'valibot';
import { type CounterTable, readPartition } from '../core/counters/read-partition';
import type { WriterState } from './writer-state';

const STATE = 'remote-write';
const SLOT_KEY = { pk: { S: STATE }, sk: { S: 'slot' } };
const GAUGES_KEY = { pk: { S: STATE }, sk: { S: 'gauges' } };
const KNOWN = 'remote-write#known';

/** The writer's items of the counters table; the hashes lie in sixteen items, by their first digit. */
export const createWriterState = (from: CounterTable): WriterState => ({
  ...createSlots(from),
  ...createKnown(from),
  ...createGauges(from),
});

const createSlots = ({ client, table }: CounterTable): Pick<WriterState, 'take'> => ({
  take: async (slot, taker) => {
    try {
      const { Attributes } = await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: SLOT_KEY,
          UpdateExpression: 'SET slot = :slot, taker = :taker',
          ConditionExpression: 'attribute_not_exists(slot) OR slot < :slot OR (slot = :slot AND taker = :taker)',
          ExpressionAttributeValues: { ':slot': { N: String(slot) }, ':taker': { S: taker } },
          ReturnValues: 'UPDATED_OLD',
        }),
      );
      const previous = Attributes?.slot?.N;
      return { taken: true, previous: previous === undefined ? undefined : Number(previous) };
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return { taken: false, previous: undefined };
      throw error;
    }
  },
});

const createKnown = (from: CounterTable): Pick<WriterState, 'readKnown' | 'addKnown'> => {
  const add = (digit: string, hashes: readonly string[]) =>
    from.client.send(
      new UpdateItemCommand({
        TableName: from.table,
        Key: { pk: { S: KNOWN }, sk: { S: digit } },
        UpdateExpression: 'ADD hashes :hashes',
        ExpressionAttributeValues: { ':hashes': { BS: hashes.map((hash) => Buffer.from(hash, 'hex')) } },
      }),
    );
  return {
    readKnown: async () => new Set((await readPartition(from, KNOWN)).flatMap(toHashes)),
    addKnown: async (hashes) => {
      const digits = [...new Set(hashes.map((hash) => hash.charAt(0)))];
      await Promise.all(
        digits.map((digit) =>
          add(
            digit,
            hashes.filter((hash) => hash.startsWith(digit)),
          ),
        ),
      );
    },
  };
};

const toHashes = ({ hashes }: Record<string, AttributeValue>): string[] =>
  (hashes?.BS ?? []).map((hash) => Buffer.from(hash).toString('hex'));

const gaugesSchema = v.pipe(v.string(), v.parseJson(), v.array(v.string()));

const createGauges = (from: CounterTable): Pick<WriterState, 'readGauges' | 'saveGauges'> => ({
  readGauges: async () => {
    const item = (await readPartition(from, STATE)).find(({ sk }) => sk?.S === GAUGES_KEY.sk.S);
    return item?.gauges?.B === undefined ? [] : v.parse(gaugesSchema, gunzipSync(item.gauges.B).toString('utf8'));
  },
  saveGauges: async (gauges) => {
    await from.client.send(
      new UpdateItemCommand({
        TableName: from.table,
        Key: GAUGES_KEY,
        UpdateExpression: 'SET gauges = :gauges',
        ExpressionAttributeValues: { ':gauges': { B: gzipSync(JSON.stringify(gauges)) } },
      }),
    );
  },
});
