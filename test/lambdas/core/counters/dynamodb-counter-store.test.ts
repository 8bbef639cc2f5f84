import {
  type DynamoDBClient,
  GetItemCommand,
  ScanCommand,
  TransactionCanceledException,
} from '@aws-sdk/client-dynamodb';
import fc from 'fast-check';
import { createApplyRecords } from '../../../../lambdas/core/counters/apply-records';
import type { Counters } from '../../../../lambdas/core/counters/counter-store';
import { createDynamoDbCounterStore } from '../../../../lambdas/core/counters/dynamodb-counter-store';
import { LANES } from '../../../../lambdas/core/counters/lanes';
import { createReadCounters } from '../../../../lambdas/core/counters/read-counters';
import { toSeries } from '../../../../lambdas/core/counters/series';
import type { LedgerRecord } from '../../../../lambdas/core/ledger/record';
import { aRequestRecord, MODEL, OTHER_MODEL } from '../../../support/a-request-record';
import { dynamoDbOfTests } from '../../../support/dynamodb-local';
import { createTable } from '../../../support/tables';

const NOW = Date.parse('2026-11-21T10:00:00.000Z');

const { client } = dynamoDbOfTests();

const aStore = async (sender: Pick<DynamoDBClient, 'send'> = client) => {
  const table = await createTable(client, ['pk', 'sk']);
  const store = createDynamoDbCounterStore({ client: sender, table, markerRetentionDays: 30, now: () => NOW });
  return { table, store, read: createReadCounters({ client, table }) };
};

const pause = async (): Promise<void> => {};

const RECORDS: readonly LedgerRecord[] = Array.from({ length: 40 }, (_, index) =>
  aRequestRecord({ requestId: `r${index}`, model: index % 2 ? MODEL : OTHER_MODEL, costNanoUsd: index + 1 }),
);
const totalOf = (counters: Counters, name: string) =>
  (toSeries(counters).get(name) ?? []).reduce((sum, series) => sum + (series.kind === 'value' ? series.value : 0n), 0n);

describe('the counters table', () => {
  it('adds increments up over lanes, exactly', async () => {
    const { store, read } = await aStore();
    const increments = new Map([['model#x', new Map([['co|a', 9_007_199_254_740_991]])]]);

    await store.commit({ ids: ['a'], increments, lane: 0 });
    await store.commit({ ids: ['b'], increments, lane: 0 });
    await store.commit({ ids: ['c'], increments, lane: LANES - 1 });

    expect(await read()).toEqual(new Map([['model#x', new Map([['co|a', 27_021_597_764_222_973n]])]]));
  });

  it('writes a chunk whole or not at all', async () => {
    const { store, read } = await aStore();
    const increments = new Map([['-', new Map([['rl|a', 1]])]]);
    await store.commit({ ids: ['a'], increments, lane: 0 });

    const second = await store.commit({ ids: ['b', 'a'], increments, lane: 1 });

    expect(second).toBe('conflict');
    expect(await store.counted(['a', 'b'])).toEqual(new Set(['a']));
    expect(await read()).toEqual(new Map([['-', new Map([['rl|a', 1n]])]]));
  });

  it('lets markers expire after their retention, and nothing else', async () => {
    const { store, table } = await aStore();

    await store.commit({ ids: ['a'], increments: new Map([['-', new Map([['rl|a', 1]])]]), lane: 0 });

    const { Items = [] } = await client.send(new ScanCommand({ TableName: table }));
    const marker = Items.find(({ sk }) => sk?.S === 'seen');
    expect(marker?.expiresAt?.N).toBe(String(NOW / 1000 + 30 * 86_400));
    expect(Items.filter(({ expiresAt }) => expiresAt !== undefined)).toEqual([marker]);
  });

  it('calls another transaction on the same item a conflict, and any other failure by its name', async () => {
    const cancelled = (Code: string) => async () => {
      throw new TransactionCanceledException({
        message: 'cancelled',
        $metadata: {},
        CancellationReasons: [{ Code: 'None' }, { Code }],
      });
    };
    const chunk = { ids: ['a'], increments: new Map([['-', new Map([['rl|a', 1]])]]), lane: 0 };

    const { store: contended } = await aStore({ send: cancelled('TransactionConflict') });
    const { store: wrong } = await aStore({ send: cancelled('ValidationError') });

    expect(await contended.commit(chunk)).toBe('conflict');
    await expect(wrong.commit(chunk)).rejects.toThrow('cancelled');
  });

  it('counts as often as records are fed, once', async () => {
    const slice = fc.tuple(fc.nat({ max: 39 }), fc.integer({ min: 1, max: 40 }));

    await fc.assert(
      fc.asyncProperty(fc.array(slice, { maxLength: 5 }), async (slices) => {
        const { store, read } = await aStore();
        const apply = createApplyRecords({ store, random: Math.random, pause });

        await Promise.all(
          [...slices.map(([start, length]) => RECORDS.slice(start, start + length)), RECORDS].map(apply),
        );

        const counters = await read();
        expect(totalOf(counters, 'gateway_requests_total')).toBe(40n);
        expect(totalOf(counters, 'gateway_cost_usd_total')).toBe(820n);
      }),
      { numRuns: 6 },
    );
  });

  it('reads more than one page of a lane', async () => {
    const { store, table, read } = await aStore();
    const attributes = new Map(Array.from({ length: 150 }, (_, index) => [`rl|${'x'.repeat(2_000)}${index}`, 1]));
    for (const family of ['a', 'b', 'c', 'd'])
      await store.commit({ ids: [family], increments: new Map([[family, attributes]]), lane: 3 });

    const counters = await read();

    expect([...counters.values()].map(({ size }) => size)).toEqual([150, 150, 150, 150]);
    const { Item } = await client.send(
      new GetItemCommand({ TableName: table, Key: { pk: { S: 'lane#3' }, sk: { S: 'a' } } }),
    );
    expect(Object.keys(Item ?? {})).toHaveLength(152);
  });
});
