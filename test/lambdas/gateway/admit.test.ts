import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { Caller, Limits as ScopeLimits } from '../../../lambdas/core/keys/account';
import { createLimits, type Limits } from '../../../lambdas/core/ledger/limits';
import { type AdmissionNotes, createAdmit } from '../../../lambdas/gateway/admit';
import type { Bound } from '../../../lambdas/gateway/amount';
import { createRefusalMemory } from '../../../lambdas/gateway/refusal-memory';
import { aCaller } from '../../support/builders';
import { dynamoDbOfTests } from '../../support/dynamodb-local';
import { createTable } from '../../support/tables';

const NOW = Date.UTC(2026, 10, 21, 12, 0, 30);
const MONTH = 'b_2026-11';
/** 100 tokens in for 1,000 nano-dollars, and 10 nano-dollars a token out. */
const BOUND: Bound = { inputTokens: 100, inputNanoUsd: 1_000, outputNanoUsdPerToken: 10 };

const { client } = dynamoDbOfTests();
let table: string;
let holds = 0;

beforeAll(async () => {
  table = await createTable(client, ['pk']);
});

const monthly = (nanoUsd: number): ScopeLimits => ({ budget: { nanoUsd, period: 'month' } });
const itemOf = async (pk: string) =>
  (await client.send(new ScanCommand({ TableName: table, ConsistentRead: true }))).Items?.map((item) =>
    unmarshall(item),
  ).find((item) => item.pk === pk);
const keyItem = ({ key }: Caller) => itemOf(`key#${key.keyId}`);
const accountItem = ({ account }: Caller) => itemOf(`account#${account.accountId}`);
const heldIn = (item: Record<string, unknown> = {}) => Object.keys(item).filter((name) => name.startsWith('h_'));

const admitting = (caller: Caller, changes: Partial<Limits> = {}) => {
  const memory = createRefusalMemory({ now: () => NOW });
  const limits = { ...createLimits({ client, table, now: () => NOW }), ...changes };
  const admit = createAdmit({ limits, memory, minOutputTokens: 8, now: () => NOW });
  const notes: AdmissionNotes = {};
  const asker = { caller, note: (more: AdmissionNotes) => Object.assign(notes, more) };
  return {
    notes,
    limits,
    recall: () => memory.recall(caller.key.keyId),
    call: (outputTokens = 100, id = `h${++holds}`) => admit.forCall(asker, BOUND, { id, requests: 1, outputTokens }),
    hit: () => admit.forHit(asker, `h${++holds}`),
  };
};

describe('admission under the limits of a key and its account', () => {
  it('holds the whole bound in both', async () => {
    const caller = aCaller({ key: monthly(10_000), account: { tokensPerMinute: 1_000, requestsPerMinute: 10 } });
    const { call, notes } = admitting(caller);

    const taken = await call();

    expect(taken).toMatchObject({ hold: { tokens: 200, nanoUsd: 2_000 }, outputTokens: 100 });
    expect(await keyItem(caller)).toMatchObject({ [MONTH]: 2_000, inFlight: 1 });
    expect(heldIn(await accountItem(caller))).toHaveLength(1);
    expect(notes).toEqual({
      requestLimit: { limit: 10, remaining: 9, resetSeconds: 30 },
      tokenLimit: { limit: 1_000, remaining: 800, resetSeconds: 30 },
    });
  });

  it('writes nothing for a scope without limits', async () => {
    const caller = aCaller({ key: monthly(10_000) });

    await admitting(caller).call();

    expect(await accountItem(caller)).toBeUndefined();
  });

  it('clamps the output to the scope that has the least left, and holds the same in both', async () => {
    const caller = aCaller({ key: monthly(1_750), account: { tokensPerMinute: 150 } });
    const { call } = admitting(caller);

    const taken = await call();

    expect(taken).toMatchObject({ outputTokens: 50, hold: { tokens: 150, nanoUsd: 1_500 } });
    expect(await keyItem(caller)).toMatchObject({ [MONTH]: 1_500, inFlight: 1 });
  });

  it('refuses rather than clamp below the floor, and holds nothing', async () => {
    const caller = aCaller({ key: { requestsPerMinute: 5, ...monthly(1e6) }, account: monthly(1_079) });
    const { call } = admitting(caller);

    await expect(call()).rejects.toMatchObject({ code: 'budget_too_small' });

    const items = [await keyItem(caller), await accountItem(caller)];
    expect(items.map((item) => [heldIn(item), item?.inFlight ?? 0, item?.[MONTH] ?? 0])).toEqual([
      [[], 0, 0],
      [[], 0, 0],
    ]);
  });

  it.each<[string, ScopeLimits, ScopeLimits, string]>([
    ['a payment before a wait', { requestsPerMinute: 0 }, monthly(0), 'budget_exhausted'],
    ['the longer of two waits', { requestsPerMinute: 0 }, { tokensPerMinute: 10 }, 'requests_per_minute'],
  ])('tells %s when both refuse', async (_, key, account, code) => {
    const { call } = admitting(aCaller({ key, account }));

    await expect(call()).rejects.toMatchObject({ code });
  });

  it('asks for a short wait, not a payment, when others hold what is left', async () => {
    const caller = aCaller({ key: monthly(2_000) });
    const { call, recall } = admitting(caller);
    await call();

    await expect(call()).rejects.toMatchObject({ code: 'budget_held', retryAfterSeconds: 2 });

    expect(recall()).toBeUndefined();
  });

  it.each([
    ['spent budget', monthly(0), 'budget_exhausted'],
    ['minute of requests', { requestsPerMinute: 0 }, 'requests_per_minute'],
  ] as const)('remembers a used-up %s', async (_, limits, code) => {
    const { call, recall } = admitting(aCaller({ key: limits }));

    await expect(call()).rejects.toMatchObject({ code });

    expect(recall()?.error.code).toBe(code);
  });
});

describe('admission of a cache hit', () => {
  it('counts against the requests of a minute and nothing else', async () => {
    const caller = aCaller({ key: { requestsPerMinute: 1, tokensPerMinute: 10 }, account: monthly(10) });
    const { hit } = admitting(caller);

    await hit();

    await expect(hit()).rejects.toMatchObject({ code: 'requests_per_minute' });
    expect(await accountItem(caller)).toBeUndefined();
  });

  it('passes a budget that is overspent and a minute whose tokens are used up', async () => {
    const caller = aCaller({ key: { requestsPerMinute: 5, tokensPerMinute: 200, ...monthly(2_000) } });
    const { call, hit, limits } = admitting(caller);
    const { hold, scopes } = await call();
    for (const { scope } of scopes) await limits.settle(scope, hold, { requests: 1, tokens: 900, nanoUsd: 9_000 });

    const taken = await hit();

    expect(taken.hold).toMatchObject({ requests: 1, nanoUsd: 0 });
  });
});

describe('admission by a store that fails', () => {
  const away = async (): Promise<never> => {
    throw new Error('The store is away.');
  };

  it('sends nothing when a scope does not answer, gives back what the other holds, and leaves the doubt to the sweeper', async () => {
    const caller = aCaller({ key: monthly(10_000), account: monthly(10_000) });
    const real = createLimits({ client, table, now: () => NOW });
    const { call, notes } = admitting(caller, {
      take: async (scope, hold) => (scope.pk.startsWith('account') ? away() : real.take(scope, hold)),
    });

    await expect(call()).rejects.toMatchObject({ code: 'store_unavailable', retryAfterSeconds: 1 });

    expect(notes).toEqual({ holdsInDoubt: true });
    expect(await keyItem(caller)).toMatchObject({ inFlight: 0, [MONTH]: 0 });
  });

  it('leaves to the sweeper what it cannot give back after a refusal', async () => {
    const caller = aCaller({ key: monthly(10_000), account: monthly(0) });
    const { call, notes } = admitting(caller, { settle: away });

    await expect(call()).rejects.toMatchObject({ code: 'store_unavailable' });

    expect(notes).toEqual({ holdsInDoubt: true });
    expect(heldIn(await keyItem(caller))).toHaveLength(1);
  });
});
