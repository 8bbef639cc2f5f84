import { gunzipSync } from 'node:zlib';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createApplyRecords } from '../../../lambdas/core/counters/apply-records';
import { composeReadAllSeries } from '../../../lambdas/core/counters/compose-read-all-series';
import { createDynamoDbCounterStore } from '../../../lambdas/core/counters/dynamodb-counter-store';
import type { ReadAllSeries } from '../../../lambdas/core/counters/read-all-series';
import { createReadTotals } from '../../../lambdas/core/counters/read-totals';
import { GatewayError } from '../../../lambdas/core/errors';
import type { Account, ApiKey } from '../../../lambdas/core/keys/account';
import { createInFlightItems, type InFlight } from '../../../lambdas/core/ledger/in-flight';
import { createLimits } from '../../../lambdas/core/ledger/limits';
import { createReadScopeState } from '../../../lambdas/core/ledger/read-scope-state';
import type { ExpositionEvent } from '../../../lambdas/exposition/answer-request';
import { type ComposeExpositionDeps, composeExposition } from '../../../lambdas/exposition/compose';
import type { Answer } from '../../../lambdas/exposition/http/answer-page';
import { aCorrection, anAbandonedRecord, aRequestRecord, MODEL, OTHER_MODEL } from '../../support/a-request-record';
import { anAccount, anApiKey } from '../../support/caller';
import { type DynamoDbLocal, dynamoDbLocalClient, startDynamoDbLocal } from '../../support/dynamodb-local';
import { createFakeLog } from '../../support/fake-log';
import { parseOpenMetrics } from '../../support/openmetrics-text';
import { parsePrometheusText, type Sample } from '../../support/prometheus-text';
import { createTable } from '../../support/tables';

const NOW = 1_795_255_200_000;

let local: DynamoDbLocal;
let client: DynamoDBClient;
beforeAll(async () => {
  local = await startDynamoDbLocal();
  client = dynamoDbLocalClient(local.endpoint);
});
afterAll(async () => {
  client.destroy();
  await local.stop();
});

type Request = {
  path?: '/metrics' | '/metrics/stats';
  headers?: Record<string, string>;
  query?: Record<string, readonly string[]>;
};

const GOOD = { Authorization: 'Bearer fg_key1_devsecret' };

const toEvent = ({ path = '/metrics', headers = {}, query }: Request): ExpositionEvent => ({
  resource: path,
  headers: { ...GOOD, ...headers },
  multiValueHeaders: {},
  multiValueQueryStringParameters: query
    ? Object.fromEntries(Object.entries(query).map(([name, values]) => [name, [...values]]))
    : null,
});

type Given = {
  key?: Partial<ApiKey>;
  accounts?: Account[];
  cacheSeconds?: number;
  clock?: { now: number };
  readAllSeries?: ReadAllSeries;
};

const anExposition = async ({ key, accounts = [anAccount()], ...given }: Given = {}) => {
  const [countersTable, ledgerTable, limitsTable] = await Promise.all([
    createTable(client, ['pk', 'sk']),
    createTable(client, ['pk', 'sk']),
    createTable(client, ['pk']),
  ]);
  const clock = given.clock ?? { now: NOW };
  const now = () => clock.now;
  const log = createFakeLog();
  const caller = { key: anApiKey({ scopes: ['metrics'], ...key }), account: anAccount() };
  const deps: ComposeExpositionDeps = {
    authenticate: async (authorization) => {
      if (authorization === GOOD.Authorization) return caller;
      throw new GatewayError('invalid_key', 'This API key is not valid.');
    },
    readAllSeries: given.readAllSeries ?? composeReadAllSeries({ client, countersTable, ledgerTable, now }),
    readTotals: createReadTotals({ client, table: countersTable }),
    readScopeState: createReadScopeState({ client, table: limitsTable, now }),
    findAccount: async (id) => accounts.find(({ accountId }) => accountId === id),
    cacheSeconds: given.cacheSeconds ?? 0,
    log,
    newId: () => 'made-by-gateway1',
    now,
  };
  const answer = composeExposition(deps);
  const store = createDynamoDbCounterStore({ client, table: countersTable, markerRetentionDays: 30, now });
  return {
    count: createApplyRecords({ store, random: Math.random, pause: async () => {} }),
    inFlight: createInFlightItems({ client, table: ledgerTable }),
    limits: createLimits({ client, table: limitsTable, now }),
    log,
    answer: (request: Request = {}) => answer(toEvent(request)),
  };
};

const textOf = ({ body, headers }: Answer): string =>
  (headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8');

const samplesOf = (name: string, answer: Answer): Sample[] =>
  parsePrometheusText(textOf(answer)).get(name)?.samples ?? [];

const inFlight = (requestId: string, leaseEndsAt: number, provider = 'bedrock'): InFlight => ({
  requestId,
  leaseEndsAt,
  draft: aRequestRecord({ requestId, provider }),
  scopes: [],
  hold: { id: requestId, nanoUsd: 1 },
  earlier: [],
});

describe('GET /metrics', () => {
  it('shows what was counted, as Prometheus text', async () => {
    const { answer, count } = await anExposition();
    await count(['a', 'b', 'c'].map((requestId) => aRequestRecord({ requestId })));

    const answered = await answer();

    expect(answered.statusCode).toBe(200);
    expect(answered.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(samplesOf('gateway_requests_total', answered)).toMatchObject([{ labels: { status: 'success' }, value: 3 }]);
    expect(samplesOf('gateway_cost_usd_total', answered)).toMatchObject([{ value: 0.0045 }]);
    expect(samplesOf('fluxai_cost_dollars_total', answered)).toMatchObject([{ value: 0.0045 }]);
  });

  it('speaks OpenMetrics to those who ask for it', async () => {
    const { answer, count } = await anExposition();
    await count([aRequestRecord()]);

    const answered = await answer({
      headers: { accept: 'application/openmetrics-text;version=1.0.0;q=0.5,*/*;q=0.1' },
    });

    expect(answered.headers['content-type']).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    expect(parseOpenMetrics(textOf(answered)).get('gateway_requests')?.samples).toMatchObject([{ value: 1 }]);
  });

  it('counts the requests under way by provider, and not those past their lease', async () => {
    const { answer, inFlight: items } = await anExposition();
    const open = Array.from({ length: 20 }, (_, index) => inFlight(`live-${index}`, NOW + 60_000));
    await Promise.all(
      [...open, inFlight('dead', NOW - 1), inFlight('junk', NOW + 1, 'from a client')].map((item) => items.open(item)),
    );

    const samples = samplesOf('gateway_active_requests', await answer());

    expect(samples.map(({ labels, value }) => [labels.provider, value])).toEqual([
      ['bedrock', 20],
      ['other', 1],
    ]);
  });

  it('shows 0 before anything has happened', async () => {
    const { answer } = await anExposition();

    const answered = await answer();

    expect(samplesOf('gateway_active_requests', answered)).toMatchObject([
      { labels: { provider: 'bedrock' }, value: 0 },
    ]);
    expect(samplesOf('gateway_rate_limit_hits_total', answered).map(({ value }) => value)).toContain(0);
  });

  it.each([
    ['aliases=false', { aliases: ['false'] }, ['gateway_cost_usd_total'], ['gateway_cost_total_usd']],
    ['aliases=true', { aliases: ['true'] }, ['gateway_cost_usd_total', 'gateway_cost_total_usd'], []],
    ['a parameter that means nothing', { page: ['2'] }, ['gateway_cost_total_usd'], []],
    [
      'names',
      { 'name[]': ['gateway_cost_total_usd', 'nothing'] },
      ['gateway_cost_total_usd'],
      ['gateway_cost_usd_total'],
    ],
  ])('with %s has the families that are asked for', async (_, query, there, notThere) => {
    const { answer, count } = await anExposition();
    await count([aRequestRecord()]);

    const families = [...parsePrometheusText(textOf(await answer({ query }))).keys()];

    expect(families).toEqual(expect.arrayContaining(there));
    expect(notThere.filter((name) => families.includes(name))).toEqual([]);
  });

  it('leaves out the alias that every scraper makes for itself', async () => {
    const up = { kind: 'value', labels: { service: 'router' }, value: 1n } as const;
    const { answer } = await anExposition({ readAllSeries: async () => new Map([['probe_success', [up]]]) });

    const families = [...parsePrometheusText(textOf(await answer())).keys()];

    expect(families).toEqual(['probe_success']);
  });

  it('refuses more than one answer can hold, and says how to ask for less', async () => {
    const series = Array.from({ length: 600_001 }, (_, index) => ({
      kind: 'value' as const,
      labels: { provider: 'bedrock', model: `m${index}`, region: 'none' },
      value: 1n,
    }));
    const { answer } = await anExposition({ readAllSeries: async () => new Map([['gateway_cost_usd_total', series]]) });

    const answered = await answer();

    expect(answered.statusCode).toBe(400);
    expect(JSON.parse(textOf(answered))).toMatchObject({
      error: { code: 'too_many_series', message: expect.stringContaining('aliases=false') },
    });
  });
});

describe('numbers that were read a moment ago', () => {
  const countingReads = () => {
    let reads = 0;
    const readAllSeries: ReadAllSeries = async () => {
      reads += 1;
      return new Map([
        ['gateway_cold_starts_total', [{ kind: 'value', labels: { endpoint: '/v1/models' }, value: BigInt(reads) }]],
      ]);
    };
    return { readAllSeries, reads: () => reads };
  };

  it('are read once for everyone who asks within the time that they are kept', async () => {
    const clock = { now: NOW };
    const { readAllSeries, reads } = countingReads();
    const { answer } = await anExposition({ readAllSeries, cacheSeconds: 5, clock });

    await Promise.all([answer(), answer({ query: { aliases: ['false'] } }), answer({ path: '/metrics/stats' })]);
    clock.now += 4_999;
    await answer();
    const within = reads();
    clock.now += 1;
    await answer();

    expect([within, reads()]).toEqual([1, 2]);
  });

  it('are read again for a client that wants none from a cache', async () => {
    const { readAllSeries, reads } = countingReads();
    const { answer } = await anExposition({ readAllSeries, cacheSeconds: 5 });

    await answer();
    const fresh = await answer({ headers: { 'Cache-Control': 'no-cache' } });

    expect(reads()).toBe(2);
    expect(samplesOf('gateway_cold_starts_total', fresh)).toMatchObject([{ value: 2 }]);
  });

  it('are not kept when they could not be read', async () => {
    let isDown = true;
    const readAllSeries: ReadAllSeries = async () => {
      if (isDown) throw new Error('throttled');
      return new Map();
    };
    const { answer } = await anExposition({ readAllSeries, cacheSeconds: 5 });

    const before = await answer();
    isDown = false;
    const after = await answer();

    expect([before.statusCode, after.statusCode]).toEqual([503, 200]);
  });

  it('are good for as long as the answer says', async () => {
    const [kept, unkept] = await Promise.all([anExposition({ cacheSeconds: 5 }), anExposition()]);

    const [one, other] = await Promise.all([kept.answer(), unkept.answer()]);

    expect(one.headers).toMatchObject({
      'cache-control': 'private, max-age=5',
      vary: 'Authorization, Accept, Accept-Encoding',
    });
    expect(other.headers['cache-control']).toBe('private, no-cache');
  });

  it.each(['/metrics', '/metrics/stats'] as const)('are not sent again to who has them: %s', async (path) => {
    const { answer, count } = await anExposition();
    const { headers } = await answer({ path });
    const ask = () =>
      answer({ path, headers: { 'If-None-Match': `"other", ${headers.etag}`, 'Accept-Encoding': 'gzip' } });

    const same = await ask();
    await count([aRequestRecord()]);
    const changed = await ask();

    expect([same.statusCode, same.body.length, same.headers.etag]).toEqual([304, 0, headers.etag]);
    expect(same.headers['x-request-id']).toBe('made-by-gateway1');
    expect(changed.statusCode).toBe(200);
  });

  it('are told apart by format', async () => {
    const { answer } = await anExposition();

    const [text, open] = await Promise.all([answer(), answer({ headers: { accept: 'application/openmetrics-text' } })]);

    expect(text.headers.etag).not.toBe(open.headers.etag);
  });

  it('go out compressed to those who take gzip, under the same tag', async () => {
    const { answer } = await anExposition();

    const [plain, small] = await Promise.all([answer(), answer({ headers: { 'Accept-Encoding': 'br, gzip;q=0.5' } })]);

    expect(small.headers['content-encoding']).toBe('gzip');
    expect(small.body.length).toBeLessThan(plain.body.length / 5);
    expect(textOf(small)).toBe(textOf(plain));
    expect(small.headers.etag).toBe(plain.headers.etag);
  });
});

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

describe('a refusal', () => {
  it.each([
    ['a key without the scope', ['chat'], {}, {}, 403, 'missing_scope', 'permission_error'],
    [
      'a wrong key',
      ['metrics'],
      { Authorization: 'Bearer fg_key1_wrong' },
      {},
      401,
      'invalid_key',
      'authentication_error',
    ],
    ['no key', ['metrics'], { Authorization: '' }, {}, 401, 'invalid_key', 'authentication_error'],
    ['an unclear switch', ['metrics'], {}, { aliases: ['maybe'] }, 400, 'invalid_request', 'invalid_request_error'],
  ] as const)('of %s has the shape of an OpenAI error', async (_, scopes, headers, query, status, code, type) => {
    const { answer, log } = await anExposition({ key: { scopes } });

    const answered = await answer({ headers: { ...headers, 'X-Correlation-ID': 'mine' }, query });

    expect(answered.statusCode).toBe(status);
    expect(JSON.parse(textOf(answered))).toMatchObject({
      error: { message: expect.any(String), type, code, correlation_id: 'mine' },
    });
    expect(answered.headers).toMatchObject({
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-correlation-id': 'mine',
      'x-request-id': 'made-by-gateway1',
    });
    expect(log.events).toMatchObject([
      { name: 'request_error', fields: { status_code: status, endpoint: '/metrics' } },
    ]);
  });

  it('is 503 when the counters cannot be read, and says nothing of why', async () => {
    const { answer, log } = await anExposition({
      readAllSeries: async () => {
        throw new Error('the table secret-table is gone');
      },
    });

    const answered = await answer();

    expect(answered.statusCode).toBe(503);
    expect(answered.headers['retry-after']).toBe('1');
    expect(textOf(answered)).not.toContain('secret-table');
    expect(log.events[0]?.error).toMatchObject({
      cause: expect.objectContaining({ message: expect.stringContaining('gone') }),
    });
  });
});
