import fc from 'fast-check';
import type { RequestRecord } from '../../../../lambdas/core/ledger/record';
import { createEmitRequest } from '../../../../lambdas/core/telemetry/emf';
import { anAttempt, aRequestRecord, MODEL, OTHER_MODEL } from '../../../support/a-request-record';
import { emfFaults } from '../../../support/emf-faults';
import { seriesOf } from '../../../support/exposed-text';

const recent = (overrides: Partial<RequestRecord> = {}) => aRequestRecord({ startedAt: Date.now(), ...overrides });

const emitAll = async (records: readonly RequestRecord[]) => {
  const lines: string[] = [];
  const failures: unknown[] = [];
  const emit = createEmitRequest({
    namespace: 'Fluxgate/test',
    service: 'fluxgate',
    write: (document) => lines.push(document),
    onFailure: (error) => failures.push(error),
  });
  await Promise.all(records.map((record) => emit(record)));
  return { lines, failures };
};

const emitOne = async (record: RequestRecord) => {
  const { lines } = await emitAll([record]);
  return JSON.parse(lines[0] ?? '');
};

describe('the EMF document of a request', () => {
  it('is one line that CloudWatch accepts', async () => {
    const { lines, failures } = await emitAll([recent()]);

    expect(failures).toEqual([]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('\n');
    expect(emfFaults(lines[0] ?? '', Date.now())).toEqual([]);
  });

  it('has two dimension sets and none of the defaults', async () => {
    const document = await emitOne(recent());

    const [directive] = document._aws.CloudWatchMetrics;
    expect(directive.Namespace).toBe('Fluxgate/test');
    expect(directive.Dimensions).toEqual([['service'], ['service', 'provider', 'model']]);
    expect(document).toMatchObject({ service: 'fluxgate', provider: 'bedrock', model: MODEL });
    expect(Object.keys(document)).not.toEqual(expect.arrayContaining(['LogGroup']));
  });

  it('holds the numbers of the record in their units', async () => {
    const document = await emitOne(recent({ cache: 'miss' }));

    expect(document).toMatchObject({
      Requests: 1,
      Duration: 0.82,
      TimeToFirstToken: 0.212,
      InputTokens: 100,
      OutputTokens: 80,
      CostUsd: 0.0015,
      CacheMisses: 1,
    });
    expect(document._aws.CloudWatchMetrics[0].Metrics).toContainEqual({ Name: 'Duration', Unit: 'Seconds' });
    expect(document).not.toHaveProperty('Errors');
  });

  it('carries ids, account and key as properties, never as dimensions', async () => {
    const document = await emitOne(recent());

    expect(document).toMatchObject({
      request_id: 'request-0000001a',
      correlation_id: 'correlation-1',
      session_id: 'session-1',
      account_id: 'acme',
      key_id: 'key1',
    });
    expect(document._aws.CloudWatchMetrics[0].Dimensions.flat()).toEqual(
      expect.not.arrayContaining(['account_id', 'key_id', 'session_id', 'request_id']),
    );
  });

  it('never names a model that the catalogue lacks', async () => {
    const document = await emitOne(recent({ model: 'a prompt in the model field', attempts: [] }));

    expect(document.model).toBe('other');
    expect(JSON.stringify(document)).not.toContain('a prompt');
  });

  it('counts every request of a rolled-up record and samples its duration once', async () => {
    const document = await emitOne(
      recent({ outcome: 'rate_limited', errorCode: 'requests_per_minute', attempts: [], count: 40_000 }),
    );

    expect(document).toMatchObject({ Requests: 40_000, RateLimitHits: 40_000, Duration: 0.82 });
  });

  it('keeps the durations of all attempts', async () => {
    const attempts = [
      anAttempt({ outcome: 'throttled', durationMs: 10 }),
      anAttempt({ model: OTHER_MODEL, durationMs: 20 }),
    ];

    const document = await emitOne(recent({ attempts }));

    expect(document).toMatchObject({ ProviderDuration: [0.01, 0.02], ProviderRequests: [1, 1], Fallbacks: 1 });
  });

  it('shares nothing between concurrent requests', async () => {
    const records = Array.from({ length: 50 }, (_, index) =>
      recent({ requestId: `request-${index}`, costNanoUsd: 1_000_000 * (index + 1) }),
    );

    const { lines } = await emitAll(records);

    const documents = lines.map((line) => JSON.parse(line));
    expect(documents.map(({ request_id, CostUsd }) => [request_id, CostUsd]).sort()).toEqual(
      records.map(({ requestId, costNanoUsd }) => [requestId, costNanoUsd / 1e9]).sort(),
    );
  });

  it('hands a document that cannot be made to its caller instead of throwing', async () => {
    const { lines, failures } = await emitAll([recent({ durationMs: Number.NaN })]);

    expect(lines).toEqual([]);
    expect(failures).toHaveLength(1);
  });

  it('adds up to what the counters count', async () => {
    const outcomes = fc.constantFrom<RequestRecord['outcome']>('success', 'error', 'rate_limited', 'cancelled');
    const usage = fc.record({ input: fc.nat(), output: fc.nat() });
    const some = fc.record({ outcome: outcomes, usage, costNanoUsd: fc.nat(), count: fc.integer({ min: 1, max: 9 }) });

    await fc.assert(
      fc.asyncProperty(fc.array(some, { minLength: 1, maxLength: 5 }), async (changes) => {
        const records = changes.map(({ usage: used, ...rest }, index) =>
          recent({
            ...rest,
            requestId: `r${index}`,
            usage: { ...used, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 },
          }),
        );

        const { lines } = await emitAll(records);

        const documents = lines.map((line) => JSON.parse(line));
        const emitted = (name: string) => documents.reduce((sum, document) => sum + (document[name] ?? 0), 0);
        const counted = (metric: string, labels: Record<string, string> = {}) =>
          Number(
            (seriesOf(records).get(metric) ?? [])
              .filter((series) => Object.entries(labels).every(([label, value]) => series.labels[label] === value))
              .reduce((sum, series) => sum + (series.kind === 'value' ? series.value : 0n), 0n),
          );
        expect(emitted('Requests')).toBe(counted('gateway_requests_total'));
        expect(emitted('Errors')).toBe(counted('gateway_requests_total', { status: 'error' }));
        expect(emitted('InputTokens')).toBe(counted('gateway_tokens_total', { type: 'input' }));
        expect(Math.round(emitted('CostUsd') * 1e9)).toBe(counted('gateway_cost_usd_total'));
      }),
      { numRuns: 50 },
    );
  });
});
