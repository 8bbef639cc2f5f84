import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { ProviderError } from '../../../lambdas/core/errors';
import { NO_SPAN } from '../../../lambdas/core/telemetry/step';
import { aCaller, anAnswer, aUsage } from '../../support/builders';
import { dynamoDbOfTests } from '../../support/dynamodb-local';
import { aBody, createGatewayTables, createTestGateway, type GatewayTables, type Script } from '../../support/gateway';

const { client } = dynamoDbOfTests();
let tables: GatewayTables;

beforeAll(async () => {
  tables = await createGatewayTables(client);
});

const itemsOf = async (table: string) =>
  (await client.send(new ScanCommand({ TableName: table, ConsistentRead: true }))).Items?.map((item) =>
    unmarshall(item),
  ) ?? [];
const recordsOf = async (accountId: string) =>
  (await itemsOf(tables.ledger)).filter((item) => item.accountId === accountId);
const inFlight = async () => (await itemsOf(tables.ledger)).filter(({ pk }) => String(pk).startsWith('inflight#'));
const scopeOf = async (pk: string) => (await itemsOf(tables.limits)).find((item) => item.pk === pk);

const gateway = (script: Script = () => anAnswer()) => createTestGateway({ client, tables, script });
const failure = (
  kind: ProviderError['kind'],
  of: { retryable?: boolean; fallback?: boolean; maybeBilled?: boolean } = {},
) =>
  new ProviderError(kind, `upstream said: secret text`, {
    retryable: false,
    fallback: true,
    maybeBilled: false,
    ...of,
  });

// Haiku 4.5 through the geographic profile of the tests' Region: 1.1 and 5.5 USD per million.
const COST = 10 * 1_100 + 5 * 5_500;

describe('a chat request', () => {
  it('is answered, priced to the nano-dollar, recorded once and leaves nothing held', async () => {
    const caller = aCaller({
      key: { budget: { nanoUsd: 1e9, period: 'month' }, requestsPerMinute: 5, tokensPerMinute: 10_000 },
    });
    const { send, emitted, events } = gateway();

    const { status, headers, body } = await send(caller, aBody());

    expect(status).toBe(200);
    expect(JSON.parse(body)).toMatchObject({
      choices: [{ message: { content: 'Hello.' } }],
      usage: { prompt_tokens: 10, completion_tokens: 5 },
    });
    expect(headers).toMatchObject({ 'x-fluxgate-cost-usd': '0.0000385', 'x-ratelimit-remaining-requests': '4' });
    expect(await recordsOf(caller.account.accountId)).toMatchObject([
      { outcome: 'success', costNanoUsd: COST, unmetered: false, overshootNanoUsd: 0 },
    ]);
    expect(await scopeOf(`key#${caller.key.keyId}`)).toMatchObject({ inFlight: 0 });
    expect(await inFlight()).toEqual([]);
    expect(emitted).toHaveLength(1);
    expect(events.map(({ name }) => name)).toEqual(['request_received', 'routing_decision', 'provider_request']);
  });

  it('charges what it held when the provider reports no usage, and says so', async () => {
    const caller = aCaller({ key: { budget: { nanoUsd: 1e9, period: 'month' } } });
    const { send } = gateway(() => [
      { type: 'text', text: 'Hi' },
      { type: 'finish', reason: 'stop', usage: undefined },
    ]);

    const { body } = await send(caller, aBody());

    const [record] = await recordsOf(caller.account.accountId);
    expect(record).toMatchObject({ unmetered: true, costNanoUsd: record?.heldNanoUsd });
    expect(record?.costNanoUsd).toBeGreaterThan(50 * 5_500);
    expect(JSON.parse(body).usage).toMatchObject({ unmetered: true });
  });

  it('records usage above its hold truly, as overshoot', async () => {
    const caller = aCaller();
    const { send } = gateway(() => anAnswer('long', aUsage({ output: 100_000 })));

    await send(caller, aBody());

    const [record] = await recordsOf(caller.account.accountId);
    expect(record).toMatchObject({ costNanoUsd: 10 * 1_100 + 100_000 * 5_500 });
    expect(record?.overshootNanoUsd).toBe(record?.costNanoUsd - record?.heldNanoUsd);
  });

  it('sends the output bound that its budget covers, and names the clamp', async () => {
    const caller = aCaller({ key: { budget: { nanoUsd: 1_300_000, period: 'month' } } });
    const { send, asked } = gateway();

    const { headers } = await send(caller, aBody({ max_tokens: 5_000 }));

    expect(asked[0]?.maxOutputTokens).toBeLessThan(5_000);
    expect(headers['x-fluxgate-clamped-tokens']).toBe(String(asked[0]?.maxOutputTokens));
  });

  it('sends the configured output bound when the client names none', async () => {
    const { send, asked } = gateway();

    await send(aCaller(), aBody({ max_tokens: undefined }));

    expect(asked[0]?.maxOutputTokens).toBe(100);
  });
});

describe('refusals', () => {
  it.each([
    ['the budget is spent', { budget: { nanoUsd: 0, period: 'month' } }, 402, 'budget_exhausted'],
    ['the budget cannot cover the least', { budget: { nanoUsd: 500, period: 'day' } }, 402, 'budget_too_small'],
    ['the minute has no requests left', { requestsPerMinute: 0 }, 429, 'requests_per_minute'],
    ['the request needs more tokens than a minute has', { tokensPerMinute: 20 }, 429, 'tokens_per_minute'],
  ] as const)('when %s: nothing is asked and nothing stays held', async (_, limits, status, code) => {
    const caller = aCaller({ key: limits });
    const { send, asked } = gateway();

    const answer = await send(caller, aBody());

    expect(answer.status).toBe(status);
    expect(JSON.parse(answer.body).error.code).toBe(code);
    expect(asked).toEqual([]);
    expect(await inFlight()).toEqual([]);
    expect(await recordsOf(caller.account.accountId)).toMatchObject([{ errorCode: code, costNanoUsd: 0, count: 1 }]);
  });

  it('of one scope give back what the other had taken', async () => {
    const caller = aCaller({
      key: { requestsPerMinute: 5, budget: { nanoUsd: 1e9, period: 'month' } },
      account: { budget: { nanoUsd: 0, period: 'month' } },
    });
    const { send } = gateway();

    await send(caller, aBody());

    const scope = await scopeOf(`key#${caller.key.keyId}`);
    expect(Object.entries(scope ?? {}).filter(([name, value]) => /^[rb]_/.test(name) && value !== 0)).toEqual([]);
    expect(scope).toMatchObject({ inFlight: 0 });
  });

  it('that repeat are remembered without a write and rolled into one counted record a minute later', async () => {
    let now = Date.UTC(2026, 10, 21, 12, 0, 1);
    const caller = aCaller({ key: { requestsPerMinute: 1 } });
    const { send } = createTestGateway({ client, tables, script: () => anAnswer(), now: () => now });
    for (let index = 0; index < 6; index++) await send(caller, aBody());
    const before = await recordsOf(caller.account.accountId);
    now += 60_000;

    await send(caller, aBody());

    const after = await recordsOf(caller.account.accountId);
    expect(before.map(({ count }) => count)).toEqual([1, 1]);
    expect(after.filter(({ outcome }) => outcome === 'rate_limited').reduce((sum, { count }) => sum + count, 0)).toBe(
      5,
    );
    expect(after).toHaveLength(4);
  });

  it('say what is left of a limit, also when they are remembered', async () => {
    const caller = aCaller({ key: { requestsPerMinute: 1 } });
    const { send } = gateway();
    for (let index = 0; index < 2; index++) await send(caller, aBody());

    const remembered = await send(caller, aBody());

    expect([remembered.status, remembered.headers['x-ratelimit-remaining-requests']]).toEqual([429, '0']);
  });

  it.each([
    ['an unknown model', { model: 'gpt-17' }, 404, 'unknown_model'],
    ['a prototype key as model', { model: '__proto__' }, 404, 'unknown_model'],
    [
      'a model that takes no tools',
      { model: 'deepseek-r1', tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object' } } }] },
      400,
      'unsupported_parameter',
    ],
  ])('for %s cost nothing', async (_, of, status, code) => {
    const caller = aCaller();
    const { send, asked } = gateway();

    const answer = await send(caller, aBody(of));

    expect([answer.status, JSON.parse(answer.body).error.code, asked]).toEqual([status, code, []]);
  });

  it('for a model that the key may not use', async () => {
    const { send } = gateway();

    const answer = await send(aCaller({ models: ['nova-lite'] }), aBody());

    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([403, 'model_not_allowed']);
  });
});

describe('a failing provider', () => {
  it('is asked again while that may help, under one hold', async () => {
    const caller = aCaller({ key: { budget: { nanoUsd: 1e9, period: 'month' } } });
    const { send, asked } = gateway(({ attempt }) =>
      attempt < 3 ? [failure('throttled', { retryable: true })] : anAnswer(),
    );

    const { status, headers } = await send(caller, aBody());

    expect([status, asked.length, headers['x-fluxgate-attempts']]).toEqual([200, 3, '3']);
    expect(await recordsOf(caller.account.accountId)).toMatchObject([{ costNanoUsd: COST, unmetered: false }]);
  });

  it('is replaced by the next target of the alias, and both attempts are recorded', async () => {
    const caller = aCaller({ key: { budget: { nanoUsd: 1e9, period: 'month' } } });
    const { send, asked, events } = gateway(({ attempt }) => (attempt === 1 ? [failure('unavailable')] : anAnswer()));

    const { headers } = await send(caller, aBody({ model: 'smart' }));

    expect(asked.map(({ target }) => target.model)).toEqual(['claude-sonnet-4-6', 'claude-sonnet-4-5']);
    expect(headers['x-fluxgate-model']).toBe('claude-sonnet-4-5');
    expect(events.map(({ name }) => name)).toContain('provider_failed_fallback');
    expect(await recordsOf(caller.account.accountId)).toMatchObject([
      { attempts: [{ outcome: 'unavailable', costNanoUsd: 0 }, { outcome: 'success' }] },
    ]);
  });

  it('that may have billed is charged its hold before another is asked', async () => {
    const caller = aCaller({ key: { budget: { nanoUsd: 1e9, period: 'month' } } });
    const { send } = gateway(({ attempt }) =>
      attempt === 1 ? [failure('timeout', { maybeBilled: true })] : anAnswer(),
    );

    await send(caller, aBody({ model: 'smart' }));

    const [record] = await recordsOf(caller.account.accountId);
    const [first, second] = record?.attempts ?? [];
    expect(first.costNanoUsd).toBeGreaterThan(0);
    expect(record).toMatchObject({ costNanoUsd: first.costNanoUsd + second.costNanoUsd, unmetered: true });
    const scope = await scopeOf(`key#${caller.key.keyId}`);
    expect(Object.values(scope ?? {})).toContain(record?.costNanoUsd);
    expect(scope).toMatchObject({ inFlight: 0 });
  });

  it('is not replaced when the budget does not cover a second hold', async () => {
    const caller = aCaller({ key: { budget: { nanoUsd: 2_600_000, period: 'month' } } });
    const { send, asked } = gateway(() => [failure('timeout', { maybeBilled: true })]);

    const { status, body } = await send(caller, aBody({ model: 'smart', max_tokens: 50 }));

    expect([status, JSON.parse(body).error.code, asked.length]).toEqual([402, 'budget_too_small', 1]);
  });

  it.each([
    ['throttled', 429, 'provider_throttled'],
    ['rejected', 400, 'provider_rejected_request'],
    ['timeout', 504, 'provider_timeout'],
    ['unavailable', 503, 'no_provider_answered'],
  ] as const)('%s is told in our words only', async (kind, status, code) => {
    const { send } = gateway(() => [failure(kind, { fallback: false })]);

    const answer = await send(aCaller(), aBody());

    expect([answer.status, JSON.parse(answer.body).error.code]).toEqual([status, code]);
    expect(answer.body).not.toContain('secret text');
  });

  it('that breaks in the middle ends the stream with an error, charged in full', async () => {
    const caller = aCaller();
    const { send } = gateway(() => [{ type: 'text', text: 'Once upon' }, failure('cut', { maybeBilled: true })]);

    const { status, body } = await send(caller, aBody({ stream: true }));

    expect(status).toBe(200);
    expect(body).toContain('Once upon');
    expect(body).toContain('provider_stream_cut');
    expect(body).not.toContain('[DONE]');
    const [record] = await recordsOf(caller.account.accountId);
    expect(record).toMatchObject({
      outcome: 'error',
      unmetered: true,
      costNanoUsd: record?.heldNanoUsd,
      httpStatus: 200,
    });
  });
});

describe('the exact cache', () => {
  it('answers an equal request for nothing, and records what that saved', async () => {
    const caller = aCaller({ cache: true });
    const { send, asked } = gateway();
    await send(caller, aBody());

    const hit = await send(caller, aBody({ user: 'somebody else' }));

    expect([hit.headers['x-fluxgate-cache'], asked.length]).toEqual(['hit', 1]);
    const records = await recordsOf(caller.account.accountId);
    expect(records.find(({ cache }) => cache === 'hit')).toMatchObject({
      costNanoUsd: 0,
      savedNanoUsd: COST,
      attempts: [],
    });
  });

  it('replays a buffered answer as a stream', async () => {
    const caller = aCaller({ cache: true });
    const { send } = gateway();
    await send(caller, aBody());

    const { body } = await send(caller, aBody({ stream: true }));

    expect(body).toContain('"content":"Hello."');
    expect(body).toContain('[DONE]');
  });

  it('is no one else’s', async () => {
    const { send, asked } = gateway();
    await send(aCaller({ cache: true }), aBody());

    await send(aCaller({ cache: true }), aBody());

    expect(asked).toHaveLength(2);
  });

  it.each([
    ['off by default', {}, {}, 'off', 2],
    ['on by header', {}, { 'x-fluxgate-cache': 'on' }, 'hit', 1],
    ['off by header', { cache: true }, { 'x-fluxgate-cache': 'off' }, 'bypass', 2],
    ['no-store', { cache: true }, { 'cache-control': 'no-store' }, 'bypass', 2],
    ['no-cache asks anew', { cache: true }, { 'cache-control': 'max-age=0, no-cache' }, 'bypass', 2],
  ])('%s', async (_, of, headers, state, times) => {
    const caller = aCaller(of);
    const { send, asked } = gateway();
    await send(caller, aBody(), headers);

    const second = await send(caller, aBody(), headers);

    expect([second.headers['x-fluxgate-cache'], asked.length]).toEqual([state, times]);
  });

  it('does not keep an answer that a clamp cut short', async () => {
    const caller = aCaller({ cache: true, key: { budget: { nanoUsd: 1_300_000, period: 'month' } } });
    const { send, asked } = gateway(() => [
      { type: 'text', text: 'cut' },
      { type: 'finish', reason: 'length', usage: aUsage() },
    ]);
    await send(caller, aBody({ max_tokens: 5_000 }));

    await send(caller, aBody({ max_tokens: 5_000 }));

    expect(asked).toHaveLength(2);
  });

  it('that fails is a counted miss and never an error', async () => {
    const caller = aCaller({ cache: true });
    const { send } = createTestGateway({
      client,
      tables: { ...tables, cache: 'no-such-table' },
      script: () => anAnswer(),
    });

    const { status, headers } = await send(caller, aBody());

    expect([status, headers['x-fluxgate-cache']]).toEqual([200, 'error']);
    expect(await recordsOf(caller.account.accountId)).toMatchObject([{ cache: 'error', outcome: 'success' }]);
  });

  it('counts a hit against the requests of a minute', async () => {
    const caller = aCaller({ cache: true, key: { requestsPerMinute: 2 } });
    const { send } = gateway();
    await send(caller, aBody());
    await send(caller, aBody());

    const third = await send(caller, aBody());

    expect(third.status).toBe(429);
  });
});

describe('the record of a request', () => {
  it('is in the log when the store takes it not, beside the refusals that waited to be written', async () => {
    let now = Date.UTC(2026, 10, 21, 12, 0, 1);
    let isAway = false;
    const send = (...args: unknown[]) =>
      isAway ? Promise.reject(new Error('The store is away.')) : Reflect.apply(client.send, client, args);
    const store = new Proxy(client, { get: (target, name) => (name === 'send' ? send : Reflect.get(target, name)) });
    const { send: ask, events } = createTestGateway({
      client: store,
      tables,
      script: () => anAnswer(),
      now: () => now,
    });
    const caller = aCaller();
    for (let index = 0; index < 3; index++) await ask(caller, aBody({ model: 'gpt-17' }));
    now += 60_000;
    isAway = true;

    const { status } = await ask(caller, aBody());

    const failures = events.filter(({ name }) => name === 'store_failure').map(({ fields }) => fields);
    expect(status).toBe(503);
    expect(failures).toMatchObject([
      { step: 'settle', record: { errorCode: 'store_unavailable', count: 1 } },
      { step: 'roll', record: { errorCode: 'unknown_model', count: 2 } },
    ]);
  });

  it.each([
    ['of a key that may debug', ['chat', 'debug'], true],
    ['of a key that may not', ['chat'], false],
  ] as const)('leaves a trace that is kept, when it is to be debugged: %s', async (_, scopes, kept) => {
    const caller = aCaller();
    const keeps: unknown[] = [];
    const { send } = createTestGateway({
      client,
      tables,
      script: () => anAnswer(),
      startTrace: () => ({ traceId: 'f'.repeat(32), root: NO_SPAN, send: async (how) => void keeps.push(how?.keep) }),
    });

    await send({ ...caller, key: { ...caller.key, scopes } }, aBody(), { 'x-debug': 'true' });

    expect(keeps).toEqual([kept]);
  });

  it('is returned to its own account only', async () => {
    const caller = aCaller();
    const { send } = gateway();
    const { headers } = await send(caller, aBody());
    const path = `/v1/requests/${headers['x-fluxgate-request-id']}`;

    const [own, foreign] = [await send(caller, undefined, {}, path), await send(aCaller(), undefined, {}, path)];

    expect(JSON.parse(own.body)).toMatchObject({ costNanoUsd: COST });
    expect([foreign.status, JSON.parse(foreign.body).error.code]).toEqual([404, 'unknown_request']);
  });
});
