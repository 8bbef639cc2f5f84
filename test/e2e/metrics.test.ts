import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import type { RequestRecord } from '../../lambdas/core/ledger/record';
import { emfFaults } from '../support/emf-faults';
import { LEDGER_MONEY, LEDGER_SUMS } from './metrics/ledger-sums';
import { type Load, runLoad, SECRET_WORDS } from './metrics/load';
import { documentsOf, treeOf } from './metrics/traces';
import { aChat } from './support/chats';
import { bootGateway } from './support/gateway-under-test';
import type { TestKey } from './support/keys';
import { readEvents, readJsonLines } from './support/logs';
import { readSamples, type Sample, seriesIn, sumOf, valuesOf } from './support/prometheus';
import { until } from './support/until';

/** How old the metrics may be on the local machine. */
const FRESH_MS = 15_000;

const gateway = bootGateway();

let load: Load;
let reader: TestKey;
let records: readonly RequestRecord[];
let samples: readonly Sample[];

const record = v.custom<RequestRecord>(
  (item) => typeof item === 'object' && item !== null && 'sk' in item && item.sk === 'record',
);

const readLedger = async (): Promise<RequestRecord[]> => {
  const items = await until('no request is under way', async () => {
    const all = await gateway.items('Ledger');
    return all.some(({ pk }) => String(pk).startsWith('inflight#')) ? undefined : all;
  });
  return items.flatMap((item) => (v.is(record, item) ? [item] : []));
};
const readMetrics = async (): Promise<Sample[]> => {
  const { body } = await gateway.send({ path: '/metrics', headers: { authorization: `Bearer ${reader.key}` } });
  return readSamples(body);
};
const countOf = (all: readonly RequestRecord[]) => all.reduce((sum, { count }) => sum + count, 0);
/** The metrics as soon as they have all records in them. */
const readFreshMetrics = (all: readonly RequestRecord[]) =>
  until(
    'the metrics are up to date',
    async () => {
      const read = await readMetrics();
      return sumOf(read, 'gateway_requests_total') >= countOf(all) ? read : undefined;
    },
    FRESH_MS,
  );

beforeAll(async () => {
  reader = await gateway.createKey({ scopes: ['metrics'] });
  load = await runLoad(gateway);
  // A record is written after the last byte of its answer.
  records = await until('every request of the load has its record', async () => {
    const written = await readLedger();
    return written.length >= load.authenticated ? written : undefined;
  });
  samples = await readFreshMetrics(records);
}, 60_000);

describe('GET /metrics', () => {
  it('has seen every kind of end, each request once', () => {
    const outcomes = new Set(records.map(({ outcome }) => outcome));

    expect(records).toHaveLength(load.authenticated);
    // A client that leaves is not noticed: Lambda does not tell.
    expect([...outcomes].sort()).toEqual(['error', 'invalid', 'over_budget', 'rate_limited', 'success']);
  });

  it.each(LEDGER_SUMS)('counts %s by %j as the ledger does', (metric, labels, sums) => {
    const counted = valuesOf(samples, metric, labels);

    expect(counted).toEqual(sums(records));
    expect(counted).not.toEqual({});
  });

  it.each(LEDGER_MONEY)('sums %s by %j to the nano-dollar', (metric, labels, sums) => {
    const counted = valuesOf(samples, metric, labels);

    const nanoUsd = Object.entries(counted).map(([key, usd]) => [key, Math.round(usd * 1e9)]);
    expect(Object.fromEntries(nanoUsd)).toEqual(sums(records));
    expect(counted).not.toEqual({});
  });

  it('adds up the durations', () => {
    const seconds = records.reduce((sum, { durationMs, count }) => sum + (durationMs * count) / 1000, 0);

    expect(sumOf(samples, 'gateway_request_duration_seconds_sum')).toBeCloseTo(seconds, 6);
  });

  it('counts the rescue of a request by another model', () => {
    expect(sumOf(samples, 'gateway_fallback_triggered_total')).toBe(1);
    expect(sumOf(samples, 'gateway_fallback_success_total')).toBe(1);
  });

  it('shows how many requests are under way', async () => {
    const slow = gateway.clientOf(load.key).chat.completions.create(aChat('[[think:2500]]'));
    const active = (read: readonly Sample[]) => valuesOf(read, 'gateway_active_requests', ['provider']);

    const during = await until('a request is under way', async () => {
      const read = active(await readMetrics());
      return read.bedrock === undefined ? undefined : read;
    });
    await slow;
    records = await readLedger();
    samples = await readFreshMetrics(records);

    expect(during).toEqual({ bedrock: 1 });
    expect(samples.filter(({ name }) => name === 'gateway_active_requests')).toMatchObject([
      { labels: { provider: 'bedrock' }, value: 0 },
    ]);
  });

  it('is text of the Prometheus format, every series once', async () => {
    const { status, headers, body } = await gateway.send({
      path: '/metrics',
      headers: { authorization: `Bearer ${reader.key}` },
    });

    const types = [...body.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name);
    const series = seriesIn(readSamples(body));
    expect([status, headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
    expect(new Set(types).size).toBe(types.length);
    expect(new Set(series).size).toBe(series.length);
  });

  it.each([
    ['no key', 401, 'invalid_key', () => ({})],
    ['an unknown key', 401, 'invalid_key', () => ({ authorization: `Bearer fg_nobody_${'0'.repeat(40)}` })],
    ['a key without the scope', 403, 'missing_scope', () => ({ authorization: `Bearer ${load.key.key}` })],
  ])('refuses %s with %i', async (_, status, code, headers) => {
    const reply = await gateway.send({ path: '/metrics', headers: headers() });

    expect(reply.status).toBe(status);
    expect(JSON.parse(reply.body)).toMatchObject({
      error: { code, correlation_id: reply.headers['x-correlation-id'] },
    });
  });

  it('has no more series after hundreds of junk model names', async () => {
    const before = seriesIn(samples);
    for (let round = 0; round < 15; round += 1) {
      // Refusals of one key are rolled up within a minute.
      const { key } = await gateway.createKey();
      const junk = Array.from({ length: 20 }, (_, index) => `junk-${round}-${index}"} 1\n\\`);
      await Promise.all(
        junk.map((model) =>
          gateway.send({
            method: 'POST',
            path: '/v1/chat/completions',
            headers: { authorization: `Bearer ${key}`, 'x-session-id': `junk-${round}` },
            body: JSON.stringify({ ...aChat('Hello', { model }), user: model }),
          }),
        ),
      );
    }
    const all = await readLedger();

    const after = await readFreshMetrics(all);

    expect(all.length).toBeGreaterThanOrEqual(records.length + 15);
    expect(seriesIn(after)).toEqual(before);
  }, 60_000);
});

describe('the log', () => {
  const terminal = ['request_completed', 'request_error'];

  it('has one terminal event for every record, with all its ids', async () => {
    const ended = readEvents(gateway.machine(), 'Gateway').filter(({ event }) => terminal.includes(event));

    for (const { requestId, correlationId, sessionId, traceId, accountId, keyId, errorCode } of records) {
      expect(ended.filter(({ request_id }) => request_id === requestId)).toMatchObject([
        {
          event: errorCode === undefined ? 'request_completed' : 'request_error',
          correlation_id: correlationId,
          session_id: sessionId,
          trace_id: traceId,
          account_id: accountId,
          key_id: keyId,
        },
      ]);
    }
  });

  it('tells a request from its beginning to its end', () => {
    const events = readEvents(gateway.machine(), 'Gateway').filter(
      ({ request_id }) => request_id === load.firstMiss.get('x-fluxgate-request-id'),
    );

    expect(events.map(({ event }) => event)).toEqual(['request_received', 'routing_decision', 'request_completed']);
  });

  it.each(['cache_hit', 'provider_failed_fallback', 'fallback_success', 'rate_limit_exceeded'])('has %s', (name) => {
    const events = readEvents(gateway.machine(), 'Gateway').filter(({ event }) => event === name);

    expect(events.length).toBeGreaterThan(0);
    expect(events.every(({ request_id }) => records.some(({ requestId }) => requestId === request_id))).toBe(true);
  });

  it('has the refusal of an unknown caller, who leaves no record', () => {
    const refused = readEvents(gateway.machine(), 'Gateway').filter(({ error_code }) => error_code === 'invalid_key');

    expect(refused).toMatchObject([{ event: 'request_error', session_id: 'load' }]);
    expect(records.some(({ errorCode }) => errorCode === 'invalid_key')).toBe(false);
  });

  it('has neither prompts nor keys in it, and neither have metrics and traces', () => {
    const { logsDirectory, functionName, emfFile, tracesFile } = gateway.machine();
    const files = [join(logsDirectory, `${functionName('Gateway')}.log`), emfFile, tracesFile];

    const texts = files.map((file) => readFileSync(file, 'utf8'));

    const [, , secret = ''] = load.key.key.split('_');
    expect(texts.every((text) => text.length > 1_000)).toBe(true);
    expect(texts.map((text) => text.includes(SECRET_WORDS) || text.includes(secret))).toEqual([false, false, false]);
  });
});

describe('the embedded metrics', () => {
  const document = v.looseObject({ request_id: v.string(), _aws: v.object({}) });
  const readDocuments = () =>
    readJsonLines(gateway.machine().emfFile).flatMap((line) => (v.is(document, line) ? [line] : []));

  it('are one valid document for every record, with its money', () => {
    const documents = readDocuments();

    for (const { requestId, accountId, costNanoUsd } of records) {
      const own = documents.filter(({ request_id }) => request_id === requestId);
      expect(own).toMatchObject([
        { account_id: accountId, service: 'fluxgate', ...(costNanoUsd > 0 && { CostUsd: costNanoUsd / 1e9 }) },
      ]);
      expect(own.flatMap((one) => emfFaults(JSON.stringify(one), Date.now()))).toEqual([]);
    }
  });

  it('are one document more for the unknown caller', () => {
    const ids = new Set(readDocuments().map(({ request_id }) => request_id));
    const refused = readEvents(gateway.machine(), 'Gateway').find(({ error_code }) => error_code === 'invalid_key');

    expect(ids.has(String(refused?.request_id))).toBe(true);
  });
});

describe('the traces', () => {
  const traceOf = (requestId: string | null) => {
    const found = records.find((one) => one.requestId === requestId);
    return documentsOf(gateway.machine(), found?.traceId ?? '');
  };
  const rescued = () => records.find(({ attempts, outcome }) => outcome === 'success' && attempts.length === 4);

  it('are one tree for a request, from the API down to the model', () => {
    const documents = traceOf(load.firstMiss.get('x-fluxgate-request-id'));

    const byId = new Map(documents.map((one) => [one.id, one]));
    const [root] = documents.filter(({ name }) => name === 'chat_completion');
    const invocation = byId.get(root?.parent_id ?? '');
    const service = byId.get(invocation?.parent_id ?? '');
    const api = byId.get(service?.parent_id ?? '');
    expect([invocation?.origin, service?.origin, api?.origin]).toEqual([
      'AWS::Lambda::Function',
      'AWS::Lambda',
      'AWS::ApiGateway::Stage',
    ]);
    expect(root && treeOf(root)).toEqual({
      'routing.decide': {},
      'cache.lookup': {},
      provider_attempt_1: { 'bedrock.invoke_model': {}, 'cost.calculate': {} },
    });
    expect(documents.every(({ start_time, end_time }) => start_time <= end_time)).toBe(true);
  });

  it('say what a request was, in what they are searched by', () => {
    const requestId = load.firstMiss.get('x-fluxgate-request-id');

    const [root] = traceOf(requestId).filter(({ name }) => name === 'chat_completion');

    expect(root?.annotations).toMatchObject({
      request_id: requestId,
      session_id: 'load',
      account_id: load.key.account,
      model_id: 'claude-haiku-4-5',
      status: 'success',
      cache_hit: false,
    });
  });

  it('show every attempt of a request that another model rescued', () => {
    const [root] = traceOf(rescued()?.requestId ?? '').filter(({ name }) => name === 'chat_completion');

    expect(Object.keys(root ? treeOf(root) : {})).toEqual([
      'routing.decide',
      'cache.lookup',
      'provider_attempt_1',
      'provider_attempt_2',
      'provider_attempt_3',
      'provider_attempt_4',
    ]);
  });

  it('are there for every record', () => {
    const missing = records.filter(
      ({ requestId }) => !traceOf(requestId).some(({ name }) => name === 'chat_completion'),
    );

    expect(missing.map(({ requestId }) => requestId)).toEqual([]);
  });
});
