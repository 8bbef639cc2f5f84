import fc from 'fast-check';
import type { CorrectionRecord, RequestRecord } from '../../../lambdas/core/ledger/record';
import type { Answer } from '../../../lambdas/exposition/http/answer-page';
import { toExactJson, toUsd } from '../../../lambdas/exposition/stats/exact-json';
import { aCorrection, anAbandonedRecord, aRequestRecord, MODEL, OTHER_MODEL } from '../../support/a-request-record';
import { anAccount } from '../../support/caller';
import { dynamoDbOfTests } from '../../support/dynamodb-local';
import { createExposition, type Given, NOW, textOf } from '../../support/exposition';

const { client } = dynamoDbOfTests();
const anExposition = (given?: Given) => createExposition(client, given);

/** A request that went well, one that was given up, and one that came back after it had been given up. */
type Fate = {
  kind: 'good' | 'abandoned' | 'late';
  costNanoUsd: number;
  heldNanoUsd: number;
  input: number;
  output: number;
};

const aFate: fc.Arbitrary<Fate> = fc.record({
  kind: fc.constantFrom('good', 'abandoned', 'late'),
  costNanoUsd: fc.integer({ min: 0, max: 10 ** 12 }),
  heldNanoUsd: fc.integer({ min: 0, max: 10 ** 12 }),
  input: fc.nat(200_000),
  output: fc.nat(64_000),
});

type End = { first: RequestRecord; correction?: CorrectionRecord };

const toEnd = ({ kind, costNanoUsd, heldNanoUsd, input, output }: Fate, requestId: string): End => {
  const usage = { input, output, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
  const actual = aRequestRecord({ requestId, costNanoUsd, heldNanoUsd, usage });
  const abandoned = anAbandonedRecord({ requestId, costNanoUsd: heldNanoUsd, heldNanoUsd });
  if (kind === 'good') return { first: actual };
  return kind === 'late' ? { first: abandoned, correction: aCorrection(abandoned, actual) } : { first: abandoned };
};

describe('GET /metrics/stats', () => {
  const statsOf = (answer: Answer) => JSON.parse(textOf(answer));

  const SOME = [
    aRequestRecord({ requestId: 'a', accountId: 'acme', costNanoUsd: 1_500_000 }),
    aRequestRecord({ requestId: 'b', accountId: 'acme', costNanoUsd: 3, model: OTHER_MODEL }),
    aRequestRecord({ requestId: 'c', accountId: 'other', costNanoUsd: 9_000_000_000_000_001 }),
    aRequestRecord({
      requestId: 'd',
      accountId: 'other',
      outcome: 'rate_limited',
      errorCode: 'requests_per_minute',
      costNanoUsd: 0,
      usage: undefined,
      attempts: [],
      count: 7,
    }),
  ];

  it('adds up everything for a key that may read metrics', async () => {
    const { answer, count } = await anExposition();
    await count(SOME);

    const answered = await answer({ path: '/metrics/stats' });

    expect(answered.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(statsOf(answered)).toMatchObject({
      account: null,
      cost_tracking: { requests_tracked: 10, cost_by_model: { [OTHER_MODEL]: 0.000000003 }, unmetered_requests: 0 },
      requests_by_status: { success: 3, rate_limited: 7 },
      rate_limits: { hits: 7, hits_by_endpoint: { '/v1/chat/completions': 7 } },
    });
  });

  it('prints money with every digit', async () => {
    const { answer, count } = await anExposition();
    await count(SOME);

    const text = textOf(await answer({ path: '/metrics/stats' }));

    expect(text).toContain('"total_cost_usd": 9000000.001500004,');
    expect(text).toContain('"average_cost_per_request": 900000.00015,');
    expect(text).toContain(`"${MODEL}": 9000000.001500001`);
  });

  it('has no average of nothing', async () => {
    const { answer } = await anExposition();

    const stats = statsOf(await answer({ path: '/metrics/stats' }));

    expect(stats.cost_tracking).toMatchObject({
      requests_tracked: 0,
      average_cost_per_request: null,
      cost_by_model: {},
    });
  });

  it('is the sum of the last word on every request', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aFate, { minLength: 1, maxLength: 12 }), async (fates) => {
        const { answer, count } = await anExposition();
        const ends = fates.map((fate, index) => toEnd(fate, `request-${index}`));
        const middle = ends.length / 2;
        await count(ends.slice(0, middle).map(({ first }) => first));
        await count(ends.slice(middle).map(({ first }) => first));
        await count(ends.flatMap(({ correction }) => correction ?? []));

        const text = textOf(await answer({ path: '/metrics/stats' }));

        const last = ends.map(({ first, correction }) => correction?.actual ?? first);
        const cost = last.reduce((sum, { costNanoUsd }) => sum + BigInt(costNanoUsd), 0n);
        expect(text).toContain(`"total_cost_usd": ${toExactJson(toUsd(cost))},`);
        expect(JSON.parse(text).cost_tracking).toMatchObject({
          requests_tracked: last.length,
          total_input_tokens: last.reduce((sum, { usage }) => sum + (usage?.input ?? 0), 0),
          total_output_tokens: last.reduce((sum, { usage }) => sum + (usage?.output ?? 0), 0),
          unmetered_requests: last.filter(({ unmetered }) => unmetered).length,
        });
      }),
      { numRuns: 6 },
    );
  }, 60_000);

  it('applies corrections', async () => {
    const { answer, count } = await anExposition();
    const abandoned = anAbandonedRecord();
    const correction = aCorrection();
    await count([abandoned, correction]);

    const { cost_tracking: costs } = statsOf(await answer({ path: '/metrics/stats' }));

    expect(Math.round(costs.total_cost_usd * 1e9)).toBe(correction.actual.costNanoUsd);
    expect(costs.requests_tracked).toBe(1);
  });

  it.each([
    ['a key with the scope, for an account', ['metrics'], ['other'], 'other', 8],
    ['a key without the scope, for nobody in particular', ['chat'], undefined, 'acme', 2],
    ['a key without the scope, for its own account', ['chat'], ['acme'], 'acme', 2],
  ] as const)('of one account is shown to %s', async (_, scopes, asked, account, requests) => {
    const accounts = [anAccount(), anAccount({ accountId: 'other' })];
    const { answer, count } = await anExposition({ key: { scopes }, accounts });
    await count(SOME);

    const stats = statsOf(await answer({ path: '/metrics/stats', ...(asked && { query: { account: asked } }) }));

    expect(stats).toMatchObject({ account, cost_tracking: { requests_tracked: requests } });
  });

  it('tells how much of its limits an account and the key that asks have used', async () => {
    const limits = { requestsPerMinute: 60, budget: { nanoUsd: 25_000_000_000, period: 'month' as const } };
    const { answer, limits: store } = await anExposition({
      key: { scopes: ['chat'], limits: { tokensPerMinute: 3_000 } },
      accounts: [anAccount({ limits })],
    });
    const hold = { id: 'h', requests: 1 as const, tokens: 1_000, nanoUsd: 5_000_000_000, takenAt: NOW };
    await store.take({ pk: 'account#acme', limits }, hold);
    await store.take({ pk: 'key#key1', limits: { tokensPerMinute: 3_000 } }, hold);

    const stats = statsOf(await answer({ path: '/metrics/stats' }));

    expect(stats.rate_limits.limits).toEqual({
      account: {
        requests_per_minute: { limit: 60, used: 1, usage_ratio: 0.016667 },
        budget: {
          period: 'month',
          limit_usd: 25,
          spent_usd: 0,
          held_usd: 5,
          usage_ratio: 0.2,
          renews_on: '2026-12-01',
        },
      },
      key: { tokens_per_minute: { limit: 3_000, used: 1_000, usage_ratio: 0.333333 } },
    });
  });

  it.each([
    ['of another account to a key without the scope', ['chat'], 'other', 403, 'missing_scope'],
    ['of an account that is not there', ['metrics'], 'nobody', 404, 'unknown_account'],
    ['of an account whose name cannot be one', ['metrics'], 'x'.repeat(5_000), 404, 'unknown_account'],
  ] as const)('is refused %s', async (_, scopes, account, status, code) => {
    const { answer } = await anExposition({ key: { scopes } });

    const answered = await answer({ path: '/metrics/stats', query: { account: [account] } });

    expect(answered.statusCode).toBe(status);
    expect(statsOf(answered)).toMatchObject({ error: { code, param: 'account' } });
  });
});
