import fc from 'fast-check';
import type { RequestRecord } from '../../../../lambdas/core/ledger/record';
import { LOG_EVENTS } from '../../../../lambdas/core/telemetry/log-events';
import { toLogFields, toRecordContext } from '../../../../lambdas/core/telemetry/log-fields';
import type { LogLevel } from '../../../../lambdas/core/telemetry/log-levels';
import { LOG_FIELDS } from '../../../../lambdas/core/telemetry/log-schema';
import { METRICS_BY_NAME } from '../../../../lambdas/core/telemetry/metrics';
import type { LogContext } from '../../../../lambdas/core/telemetry/ports';
import { createReportRequest } from '../../../../lambdas/core/telemetry/report-request';
import { anAbandonedRecord, anAttempt, aRequestRecord, MODEL, OTHER_MODEL } from '../../../support/a-request-record';
import { emfFaults } from '../../../support/emf-faults';
import { seriesOf } from '../../../support/exposed-text';
import { createFakeLog } from '../../../support/fake-log';

const recent = (overrides: Partial<RequestRecord> = {}) => aRequestRecord({ startedAt: Date.now(), ...overrides });

type Reported = { record: RequestRecord; context?: Partial<LogContext>; failure?: unknown };

const reportAll = async (
  reported: readonly Reported[],
  { level = 'INFO', logRequests = true }: { level?: LogLevel; logRequests?: boolean } = {},
) => {
  const lines: string[] = [];
  const log = createFakeLog();
  let starts = 0;
  const report = createReportRequest({
    namespace: 'Fluxgate/test',
    service: 'fluxgate',
    name: 'gateway',
    level,
    logRequests,
    write: (line) => lines.push(line),
    onFirst: () => starts++,
    log,
    now: () => Date.parse('2026-11-21T10:00:01.500Z'),
  });
  await Promise.all(
    reported.map(({ record, context, failure }) => report(record, { ...toRecordContext(record), ...context }, failure)),
  );
  return { lines, events: log.events, starts };
};

const reportOne = async (reported: Reported, options: Parameters<typeof reportAll>[1] = {}) => {
  const { lines } = await reportAll([reported], options);
  return JSON.parse(lines[0] ?? '');
};

const metricsOf = (line: { _aws: { CloudWatchMetrics: { Metrics: { Name: string; Unit: string }[] }[] } }) =>
  line._aws.CloudWatchMetrics[0]?.Metrics ?? [];

const anyRefusal = fc.integer({ min: 1, max: 9 }).map((count) =>
  recent({
    ...{ outcome: 'rate_limited', errorCode: 'requests_per_minute', httpStatus: 429, attempts: [], count },
    ...{ usage: undefined, costNanoUsd: 0, providerMs: 0, timeToFirstEventMs: undefined },
  }),
);

const anyEnd = fc
  .record({
    outcome: fc.constantFrom<RequestRecord['outcome']>('success', 'error', 'rate_limited', 'cancelled', 'abandoned'),
    cache: fc.constantFrom<RequestRecord['cache']>('off', 'miss', 'hit', 'error'),
    usage: fc.option(fc.record({ input: fc.nat(), output: fc.nat(), cacheRead: fc.nat(9), cacheWrite5m: fc.nat(9) }), {
      nil: undefined,
    }),
    costNanoUsd: fc.nat(),
    savedNanoUsd: fc.nat(),
    overshootNanoUsd: fc.nat(9),
    unmetered: fc.boolean(),
    durationMs: fc.nat(900_000),
    timeToFirstEventMs: fc.option(fc.nat(900_000), { nil: undefined }),
  })
  .map(({ usage, ...rest }) =>
    recent({
      ...rest,
      ...(rest.outcome === 'error' && { errorCode: 'internal_error' as const, httpStatus: 500 }),
      usage: usage && { ...usage, cacheWrite1h: 0 },
    }),
  );

/** Records of every shape, as far as the line is concerned; only what cost nothing is rolled up. */
const anyRecord = fc.oneof(anyEnd, anyRefusal);

describe('the line that ends a request', () => {
  it('is one line of JSON that CloudWatch takes for embedded metrics', async () => {
    const { lines, events } = await reportAll([{ record: recent() }]);

    expect(events).toEqual([]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('\n');
    expect(emfFaults(lines[0] ?? '', Date.now())).toEqual([]);
  });

  it('is the log event with all ids and what was used, what it cost and how long it took', async () => {
    const line = await reportOne({ record: recent({ cache: 'miss', userId: 'user-7' }) });

    expect(line).toMatchObject({
      timestamp: '2026-11-21T10:00:01.500Z',
      level: 'INFO',
      message: 'Request completed',
      event: 'request_completed',
      service: 'fluxgate',
      logger: 'gateway',
      request_id: 'request-0000001a',
      correlation_id: 'correlation-1',
      session_id: 'session-1',
      trace_id: '5759e988bd862e3fe1be46a994272793',
      account_id: 'acme',
      key_id: 'key1',
      user_id: 'user-7',
      method: 'POST',
      endpoint: '/v1/chat/completions',
      model: MODEL,
      provider: 'bedrock',
      status_code: 200,
      status: 'success',
      input_tokens: 100,
      output_tokens: 80,
      total_tokens: 180,
      cost_usd: 0.0015,
      cache: 'miss',
      cache_hit: false,
      duration_ms: 820,
      provider_ms: 800,
      overhead_ms: 20,
      time_to_first_token_ms: 212,
      requests: 1,
    });
  });

  it('has at most 1.2 KB for a typical completed request', async () => {
    const id = 'AAAAAAAAAAAAAAAA';
    const ids = { requestId: id, correlationId: id, sessionId: id, keyId: '0123456789abcdef' };

    const { lines } = await reportAll([{ record: recent({ ...ids, cache: 'miss' }) }]);

    expect(Buffer.byteLength(lines[0] ?? '')).toBeLessThanOrEqual(1_200);
  });

  it('says nothing twice', async () => {
    await fc.assert(
      fc.asyncProperty(anyRecord, async (record) => {
        const { lines } = await reportAll([{ record, failure: record.errorCode && new Error('broken') }]);
        const [text = ''] = lines;

        const members = [...text.replace(/"error":\{.*?\},/, '').matchAll(/[{,]"([a-z_]+)":/g)].map(([, name]) => name);
        expect(members).toEqual([...new Set(members)]);
      }),
      { numRuns: 50 },
    );
  });

  it('has the same value for a metric as for the field of its name', async () => {
    await fc.assert(
      fc.asyncProperty(anyRecord, async (record) => {
        const line = await reportOne({ record });

        const fields = new Map(Object.entries(toLogFields(record)));
        for (const { Name } of metricsOf(line))
          if (fields.get(Name) !== undefined) expect([Name, line[Name]]).toEqual([Name, fields.get(Name)]);
      }),
      { numRuns: 200 },
    );
  });

  it('gives times in milliseconds and money without a unit', async () => {
    const line = await reportOne({ record: recent() });

    expect(metricsOf(line)).toEqual(
      expect.arrayContaining([
        { Name: 'duration_ms', Unit: 'Milliseconds' },
        { Name: 'cost_usd', Unit: 'None' },
        { Name: 'requests', Unit: 'Count' },
      ]),
    );
    expect(line).not.toHaveProperty('errors');
  });

  it('has two dimension sets and none of the library’s own', async () => {
    const line = await reportOne({ record: recent() });

    const [directive] = line._aws.CloudWatchMetrics;
    expect(directive.Namespace).toBe('Fluxgate/test');
    expect(directive.Dimensions).toEqual([['service'], ['service', 'provider', 'model']]);
    expect(Object.keys(line)).not.toEqual(expect.arrayContaining(['LogGroup']));
  });

  it('is timed in CloudWatch by the end of the request', async () => {
    const line = await reportOne({ record: recent({ startedAt: Date.now() - 60_000, durationMs: 20_000 }) });

    expect(Date.now() - line._aws.Timestamp).toBeGreaterThanOrEqual(40_000);
  });

  it('never names a model that the catalogue lacks', async () => {
    const line = await reportOne({ record: recent({ model: 'a prompt in the model field', attempts: [] }) });

    expect(line.model).toBe('other');
    expect(JSON.stringify(line)).not.toContain('a prompt');
  });

  it('counts every request of a rolled-up record and samples its duration once', async () => {
    const line = await reportOne({
      record: recent({
        outcome: 'rate_limited',
        errorCode: 'requests_per_minute',
        httpStatus: 429,
        attempts: [],
        count: 40_000,
      }),
    });

    expect(line).toMatchObject({ level: 'WARNING', requests: 40_000, rate_limit_hits: 40_000, duration_ms: 820 });
  });

  it('adds up what all attempts did', async () => {
    const attempts = [
      anAttempt({ outcome: 'throttled', durationMs: 10 }),
      anAttempt({ outcome: 'unavailable', durationMs: 15 }),
      anAttempt({ model: OTHER_MODEL, durationMs: 20 }),
    ];

    const line = await reportOne({ record: recent({ attempts }) });

    expect(line).toMatchObject({ attempts: 3, provider_errors: 2, provider_throttles: 1, fallbacks: 1 });
  });

  it('tells of an abandoned request what is known, which is not how it ended', async () => {
    const line = await reportOne({ record: anAbandonedRecord({ startedAt: Date.now() }) });

    expect(line).toMatchObject({
      event: 'request_abandoned',
      level: 'WARNING',
      status: 'abandoned',
      abandoned_requests: 1,
      unmetered: true,
    });
    for (const unknown of ['duration_ms', 'provider_ms', 'status_code', 'total_tokens'])
      expect(line).not.toHaveProperty(unknown);
  });

  it('shows a failure of ours or of a provider with its stack, at ERROR', async () => {
    const line = await reportOne({
      record: recent({ outcome: 'error', errorCode: 'provider_timeout', httpStatus: 504 }),
      failure: new Error('late', { cause: new TypeError('socket hang up') }),
    });

    expect(line).toMatchObject({
      event: 'request_error',
      level: 'ERROR',
      errors: 1,
      error_code: 'provider_timeout',
      error_type: 'provider_timeout',
      error_message: 'late',
      error: { name: 'Error', cause: { name: 'TypeError', message: 'socket hang up' } },
      module: 'report-request.test.ts',
      line: expect.any(Number),
    });
  });

  it('shows all of several failures', async () => {
    const line = await reportOne({
      record: recent({ outcome: 'error', errorCode: 'no_provider_answered', httpStatus: 503 }),
      failure: new AggregateError([new Error('one'), new Error('other')], 'none answered'),
    });

    expect(line).toMatchObject({ errors: 1, error: { errors: [{ message: 'one' }, { message: 'other' }] } });
  });

  it('shows what broke within a stream at ERROR too, though its status was 200', async () => {
    const line = await reportOne({ record: recent({ outcome: 'error', errorCode: 'provider_stream_cut' }) });

    expect(line).toMatchObject({ level: 'ERROR', status_code: 200 });
  });

  it('shows a caller’s own fault at WARNING, without a stack', async () => {
    const line = await reportOne({
      record: recent({ outcome: 'invalid', errorCode: 'unknown_model', httpStatus: 404 }),
      failure: new Error('There is no such model.'),
    });

    expect(line).toMatchObject({ event: 'request_error', level: 'WARNING', error_type: 'validation' });
    expect(line.error_message).toBe('There is no such model.');
    expect(line).not.toHaveProperty('error');
  });

  it('redacts what clients set, and what errors say', async () => {
    const secret = 'AKIAIOSFODNN7EXAMPLE';

    const line = await reportOne({
      record: recent({ correlationId: secret, userId: secret, outcome: 'error', errorCode: 'internal_error' }),
      failure: new Error(`no ${secret}`),
    });

    expect(JSON.stringify(line)).not.toContain(secret);
  });

  it.each([
    { level: 'WARNING', logRequests: true },
    { level: 'INFO', logRequests: false },
  ] as const)('shrinks to its metrics when it is not wanted: %j', async (options) => {
    const line = await reportOne({ record: recent() }, options);

    const { _aws, ...members } = line;
    expect(emfFaults(JSON.stringify(line), Date.now())).toEqual([]);
    expect(Object.keys(members).sort()).toEqual(
      ['request_id', 'service', 'provider', 'model', ...metricsOf(line).map(({ Name }) => Name)].sort(),
    );
  });

  it('is whole for a request that is debugged, whatever is logged of others', async () => {
    const line = await reportOne(
      { record: recent(), context: { debug: true } },
      { level: 'ERROR', logRequests: false },
    );

    expect(line).toMatchObject({ event: 'request_completed', account_id: 'acme' });
  });

  it('carries ids, account and key as fields, never as dimensions', async () => {
    const line = await reportOne({ record: recent() });

    expect(line._aws.CloudWatchMetrics[0].Dimensions.flat().sort()).toEqual(
      ['model', 'provider', 'service', 'service'].sort(),
    );
  });

  it('shares nothing between concurrent requests', async () => {
    const records = Array.from({ length: 50 }, (_, index) =>
      recent({ requestId: `request-${index}`, costNanoUsd: 1_000_000 * (index + 1) }),
    );

    const { lines, starts } = await reportAll(records.map((record) => ({ record })));

    const documents = lines.map((line) => JSON.parse(line));
    expect(documents.map(({ request_id, cost_usd }) => [request_id, cost_usd]).sort()).toEqual(
      records.map(({ requestId, costNanoUsd }) => [requestId, costNanoUsd / 1e9]).sort(),
    );
    expect(starts).toBe(1);
  });

  it('is a log event without metrics when no document can be made of it', async () => {
    const { lines, events } = await reportAll([{ record: recent({ durationMs: Number.NaN }) }]);

    expect(lines).toEqual([]);
    expect(events.map(({ name }) => name)).toEqual(['telemetry_failure', 'request_completed']);
  });

  it('adds up to what the counters count', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyRecord, { minLength: 1, maxLength: 5 }), async (records) => {
        const { lines } = await reportAll(records.map((record) => ({ record })));

        const documents = lines.map((line) => JSON.parse(line));
        const emitted = (name: string) =>
          documents
            .filter((line) => metricsOf(line).some(({ Name }) => Name === name))
            .reduce((sum, line) => sum + line[name], 0);
        const counted = (metric: string, labels: Record<string, string> = {}) =>
          Number(
            (seriesOf(records).get(metric) ?? [])
              .filter((series) => Object.entries(labels).every(([label, value]) => series.labels[label] === value))
              .reduce((sum, series) => sum + (series.kind === 'value' ? series.value : 0n), 0n),
          );
        expect(emitted('requests')).toBe(counted('gateway_requests_total'));
        expect(emitted('errors')).toBe(counted('gateway_requests_total', { status: 'error' }));
        expect(emitted('input_tokens')).toBe(counted('gateway_tokens_total', { type: 'input' }));
        expect(Math.round(emitted('cost_usd') * 1e9)).toBe(counted('gateway_cost_usd_total'));
      }),
      { numRuns: 50 },
    );
  });
});

describe('every CloudWatch metric of the catalogue', () => {
  const projected = [...METRICS_BY_NAME].flatMap(([, { emf = {} }]) => Object.keys(emf));

  it('has one source', () => {
    expect(projected).toEqual([...new Set(projected)]);
  });

  it('is a field of the terminal events', () => {
    const fields: readonly string[] = LOG_EVENTS.request_completed.fields;

    expect(projected.filter((name) => !fields.includes(name))).toEqual([]);
    expect(projected.filter((name) => !Object.hasOwn(LOG_FIELDS, name))).toEqual([]);
  });
});
