import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { createLimits, type Hold, MAX_IN_FLIGHT_PER_SCOPE, type Scope } from '../../../../lambdas/core/ledger/limits';
import { dynamoDbOfTests } from '../../../support/dynamodb-local';
import { createTable } from '../../../support/tables';

const MINUTE = 29_396_000;
const START = MINUTE * 60_000;

const { client } = dynamoDbOfTests();
let table: string;
let now = START;
let scopes = 0;

beforeAll(async () => {
  table = await createTable(client, ['pk']);
});
beforeEach(() => {
  now = START;
});

const aScope = (limits: Scope['limits']): Scope => ({ pk: `key#${++scopes}`, limits });
const aHold = (id: string, of: Partial<Hold> = {}): Hold => ({
  id,
  requests: 1,
  tokens: 10,
  nanoUsd: 100,
  takenAt: now,
  ...of,
});
const limitsAt = () => createLimits({ client, table, now: () => now });
const itemOf = async ({ pk }: Scope) => {
  const { Item } = await client.send(
    new GetItemCommand({ TableName: table, Key: { pk: { S: pk } }, ConsistentRead: true }),
  );
  return unmarshall(Item ?? {});
};
const used = (hold: Hold) => ({ requests: hold.requests, tokens: hold.tokens, nanoUsd: hold.nanoUsd });

describe('the limits of a scope', () => {
  it('never hold more than the budget, whatever runs at once', async () => {
    const scope = aScope({ budget: { nanoUsd: 1_000, period: 'month' } });
    const limits = limitsAt();

    const takes = await Promise.all(
      Array.from({ length: 200 }, (_, index) => limits.take(scope, aHold(`h${index}`, { nanoUsd: 30 }))),
    );

    expect(takes.filter(({ taken }) => taken)).toHaveLength(33);
    expect((await itemOf(scope))[`b_${new Date(now).toISOString().slice(0, 7)}`]).toBe(990);
  });

  it('take a hold once, however often it is asked for', async () => {
    const scope = aScope({ budget: { nanoUsd: 1_000, period: 'month' }, requestsPerMinute: 5, tokensPerMinute: 50 });
    const limits = limitsAt();

    const takes = [await limits.take(scope, aHold('same')), await limits.take(scope, aHold('same'))];

    expect(takes).toMatchObject([
      { taken: true },
      { taken: true, state: { requests: 1, tokens: 10, committedNanoUsd: 100, inFlight: 1 } },
    ]);
  });

  it('settle a hold once, however often it is asked for', async () => {
    const scope = aScope({ budget: { nanoUsd: 1_000, period: 'month' }, tokensPerMinute: 50 });
    const limits = limitsAt();
    const hold = aHold('once');
    await limits.take(scope, hold);

    await limits.settle(scope, hold, { requests: 1, tokens: 4, nanoUsd: 40 });
    await limits.settle(scope, hold, { requests: 1, tokens: 4, nanoUsd: 40 });

    expect(await itemOf(scope)).toMatchObject({ [`t_${MINUTE}`]: 4, inFlight: 0 });
    expect(Object.values(await itemOf(scope))).toContain(40);
  });

  it('tell what is spent from what is held', async () => {
    const scope = aScope({ budget: { nanoUsd: 1_000, period: 'day' } });
    const limits = limitsAt();
    const spent = aHold('spent', { nanoUsd: 600 });
    await limits.take(scope, spent);
    await limits.settle(scope, spent, used(spent));
    await limits.take(scope, aHold('held', { nanoUsd: 300 }));

    const refused = await limits.take(scope, aHold('more', { nanoUsd: 200 }));

    expect(refused).toMatchObject({
      taken: false,
      reason: 'budget',
      state: { committedNanoUsd: 900, heldNanoUsd: 300 },
    });
  });

  it.each([
    ['requests', { requestsPerMinute: 1 }, {}],
    ['tokens', { tokensPerMinute: 15 }, {}],
    ['budget', { budget: { nanoUsd: 150, period: 'month' } }, {}],
    ['tokens', { tokensPerMinute: 9 }, { tokens: 20 }],
  ] as const)('refuse for %s when %j is reached', async (reason, limit, more) => {
    const scope = aScope(limit);
    const limits = limitsAt();
    await limits.take(scope, aHold('first', more));

    const take = await limits.take(scope, aHold('second', more));

    expect(take).toMatchObject({ taken: false, reason });
  });

  it('refuse a hold beyond those that may be in flight at once', async () => {
    const scope = aScope({ budget: { nanoUsd: 1e9, period: 'month' } });
    const limits = limitsAt();
    await Promise.all(
      Array.from({ length: MAX_IN_FLIGHT_PER_SCOPE }, (_, index) => limits.take(scope, aHold(`h${index}`))),
    );

    const take = await limits.take(scope, aHold('one-more'));

    expect(take).toMatchObject({ taken: false, reason: 'in_flight' });
  });

  it('count a new minute from nothing, and give a refund only to the minute it was taken from', async () => {
    const scope = aScope({ tokensPerMinute: 20 });
    const limits = limitsAt();
    const old = aHold('old', { tokens: 20 });
    await limits.take(scope, old);
    now += 60_000;

    const fresh = await limits.take(scope, aHold('fresh', { tokens: 15 }));
    await limits.settle(scope, old, { requests: 1, tokens: 1, nanoUsd: 0 });

    expect(fresh).toMatchObject({ taken: true, state: { tokens: 15 } });
    expect(await itemOf(scope)).toMatchObject({ [`t_${MINUTE}`]: 20, [`t_${MINUTE + 1}`]: 15 });
  });

  it('count a hold against the budget period it was taken in, and drop periods and minutes that are over', async () => {
    now = Date.UTC(2026, 9, 31, 23, 59, 30);
    const scope = aScope({ budget: { nanoUsd: 1_000, period: 'month' }, requestsPerMinute: 5 });
    const limits = limitsAt();
    const october = aHold('october');
    await limits.take(scope, october);
    now = Date.UTC(2026, 10, 1, 0, 4);
    const november = aHold('november');
    const take = await limits.take(scope, november);

    await limits.settle(scope, october, { requests: 1, tokens: 1, nanoUsd: 70 });
    await limits.settle(scope, november, used(november), { past: take.state.past });

    const item = await itemOf(scope);
    expect(item).toMatchObject({ 'b_2026-10': 70, 'b_2026-11': 100 });
    expect(Object.keys(item).filter((name) => name.startsWith('r_'))).toHaveLength(1);
    now = Date.UTC(2026, 11, 3);
    expect((await limits.take(scope, aHold('december'))).state.past).toContain('b_2026-10');
  });

  it('correct a settled amount once, even past the limit', async () => {
    const scope = aScope({ budget: { nanoUsd: 100, period: 'month' } });
    const limits = limitsAt();
    const hold = aHold('late');
    await limits.take(scope, hold);
    await limits.settle(scope, hold, 'in_full');

    await limits.adjust(scope, hold, 25);

    expect(await limits.take(scope, aHold('next', { nanoUsd: 1 }))).toMatchObject({
      state: { committedNanoUsd: 125, heldNanoUsd: 0, inFlight: 0 },
    });
  });

  it('keep a charge above the hold as it is', async () => {
    const scope = aScope({ budget: { nanoUsd: 200, period: 'month' } });
    const limits = limitsAt();
    const hold = aHold('over');
    await limits.take(scope, hold);

    await limits.settle(scope, hold, { requests: 1, tokens: 10, nanoUsd: 500 });

    expect(await limits.take(scope, aHold('next'))).toMatchObject({
      taken: false,
      reason: 'budget',
      state: { committedNanoUsd: 500 },
    });
  });
});
