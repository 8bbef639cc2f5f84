import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { createInFlightItems, type InFlight, readInFlight } from '../../../lambdas/core/ledger/in-flight';
import { createLimits, type Hold, type Scope } from '../../../lambdas/core/ledger/limits';
import type { RequestRecord } from '../../../lambdas/core/ledger/record';
import { createRecords } from '../../../lambdas/core/ledger/records';
import { createFinishDead } from '../../../lambdas/sweeper/finish-dead';
import { aRequestRecord } from '../../support/a-request-record';
import { dynamoDbOfTests } from '../../support/dynamodb-local';
import { createTable } from '../../support/tables';

/** Half a minute before a month ends; the holds below are taken in the next one. */
const RECEIVED = Date.UTC(2026, 10, 30, 23, 59, 30);
const TAKEN = RECEIVED + 60_000;
const SWEPT = RECEIVED + 1_200_000;
const BUDGET: Scope['limits'] = { budget: { nanoUsd: 1_000_000, period: 'month' } };

const { client } = dynamoDbOfTests();
let tables: { limits: string; ledger: string };
let ids = 0;

beforeEach(async () => {
  const [limits, ledger] = await Promise.all([createTable(client, ['pk']), createTable(client, ['pk', 'sk'])]);
  tables = { limits, ledger };
});

const itemsOf = async (table: string): Promise<Record<string, unknown>[]> =>
  ((await client.send(new ScanCommand({ TableName: table, ConsistentRead: true }))).Items ?? []).map((item) =>
    unmarshall(item),
  );
const ledger = () => createRecords({ client, table: tables.ledger, retentionDays: 400 });
const underWay = () => createInFlightItems({ client, table: tables.ledger });
const scopeLimits = (now = SWEPT) => createLimits({ client, table: tables.limits, now: () => now });

/** A request whose process is gone, and what it had taken from its scopes. */
const aDeadRequest = async (
  of: Partial<InFlight> = {},
  taken: { pk: string; hold: string; nanoUsd: number }[] = [],
) => {
  const requestId = `request${++ids}`;
  const item: InFlight = {
    requestId,
    leaseEndsAt: SWEPT - 1,
    draft: aRequestRecord({ requestId, outcome: 'abandoned', startedAt: RECEIVED, costNanoUsd: 0 }),
    scopes: [
      { pk: 'key#k1', limits: BUDGET },
      { pk: 'account#a1', limits: BUDGET },
    ],
    hold: { id: 'h1', nanoUsd: 900 },
    earlier: [],
    ...of,
  };
  await underWay().open(item);
  for (const { pk, hold: id, nanoUsd } of taken) {
    const hold: Hold = { id, requests: 1, tokens: 0, nanoUsd, takenAt: TAKEN };
    await scopeLimits(TAKEN).take({ pk, limits: BUDGET }, hold);
  }
  return { requestId, item };
};

const finishing = () => {
  const announced: RequestRecord[] = [];
  const finishDead = createFinishDead({
    records: ledger(),
    limits: scopeLimits(),
    inFlight: underWay(),
    announce: async (record) => void announced.push(record),
  });
  const finishAll = async (): Promise<string[]> => {
    const fates: string[] = [];
    for await (const item of underWay().expired(SWEPT)) fates.push(await finishDead(readInFlight(item)));
    return fates;
  };
  return { announced, finishAll };
};

const both = (hold: string, nanoUsd: number) => [
  { pk: 'key#k1', hold, nanoUsd },
  { pk: 'account#a1', hold, nanoUsd },
];
/** What each scope has committed in the month in which the holds were taken, with nothing left of the holds. */
const committed = async () => {
  const scopes = await itemsOf(tables.limits);
  for (const scope of scopes) {
    expect(scope.inFlight).toBe(0);
    expect(Object.keys(scope).filter((name) => /^[hc]_|^b_2026-11/.test(name))).toEqual([]);
  }
  return scopes.map((scope) => scope['b_2026-12']);
};

describe('a request whose process died', () => {
  it('is abandoned at its hold once every scope holds, for a provider may have been asked', async () => {
    const { requestId } = await aDeadRequest({}, both('h1', 700));
    const { finishAll, announced } = finishing();

    const fates = await finishAll();

    expect(fates).toEqual(['abandoned']);
    expect(await ledger().get(requestId)).toMatchObject({ outcome: 'abandoned', costNanoUsd: 700, unmetered: true });
    expect(announced).toMatchObject([{ requestId, costNanoUsd: 700 }]);
    expect(await committed()).toEqual([700, 700]);
  });

  it('is abandoned at no cost while a scope does not hold, and the month of the hold gets it back', async () => {
    const { requestId } = await aDeadRequest({}, [{ pk: 'key#k1', hold: 'h1', nanoUsd: 900 }]);

    await finishing().finishAll();

    expect(await ledger().get(requestId)).toMatchObject({ outcome: 'abandoned', costNanoUsd: 0, unmetered: false });
    expect(await committed()).toEqual([0]);
  });

  it('counts as asked when nothing limits it', async () => {
    const { requestId } = await aDeadRequest({ scopes: [] });

    await finishing().finishAll();

    expect(await ledger().get(requestId)).toMatchObject({ costNanoUsd: 900, unmetered: true });
  });

  it('pays for the attempts before its last, each kept or given back as it was', async () => {
    const earlier = [
      { id: 'h0', chargedNanoUsd: 500 },
      { id: 'h0b', chargedNanoUsd: 0 },
    ];
    const { requestId } = await aDeadRequest({ earlier }, [
      ...both('h0', 500),
      ...both('h0b', 400),
      ...both('h1', 300),
    ]);

    await finishing().finishAll();

    expect(await ledger().get(requestId)).toMatchObject({ costNanoUsd: 800 });
    expect(await committed()).toEqual([800, 800]);
  });

  it('owes what its record says when it had written one', async () => {
    const { requestId } = await aDeadRequest({}, both('h1', 700));
    await ledger().put(aRequestRecord({ requestId, outcome: 'success', costNanoUsd: 120 }));
    const { finishAll, announced } = finishing();

    const fates = await finishAll();

    expect(fates).toEqual(['released']);
    expect(announced).toEqual([]);
    expect(await committed()).toEqual([120, 120]);
  });

  it('is finished by the next sweep when one dies in the middle, and never twice', async () => {
    const { item } = await aDeadRequest({}, both('h1', 700));
    const dying = createFinishDead({
      records: ledger(),
      limits: {
        ...scopeLimits(),
        settle: async () => {
          throw new Error('The sweeper died.');
        },
      },
      inFlight: underWay(),
      announce: async () => {},
    });
    await expect(dying(item)).rejects.toThrow('The sweeper died.');
    const { finishAll } = finishing();

    const fates = [await finishAll(), await finishAll()];

    expect(fates).toEqual([['released'], []]);
    expect(await committed()).toEqual([700, 700]);
  });
});
