import { createApplyRecords } from '../../../../lambdas/core/counters/apply-records';
import { composeReadAllSeries } from '../../../../lambdas/core/counters/compose-read-all-series';
import { createDynamoDbCounterStore } from '../../../../lambdas/core/counters/dynamodb-counter-store';
import { createNotePresent } from '../../../../lambdas/core/counters/note-present';
import { createReadTotals } from '../../../../lambdas/core/counters/read-totals';
import { createReadings, type GaugeReading } from '../../../../lambdas/core/counters/readings';
import type { SeriesByMetric } from '../../../../lambdas/core/counters/series';
import { createSessions } from '../../../../lambdas/core/counters/sessions';
import type { LedgerRecord } from '../../../../lambdas/core/ledger/record';
import { anAttempt, aRequestRecord, MODEL } from '../../../support/a-request-record';
import { dynamoDbOfTests } from '../../../support/dynamodb-local';
import { createTable } from '../../../support/tables';

const NOW = Date.parse('2026-11-21T10:00:30.000Z');
const MINUTE = 60_000;

const { client } = dynamoDbOfTests();

/** The aggregator's work and the exposition's view of it, over tables of their own and a clock that the test sets. */
const aPresent = async () => {
  const table = await createTable(client, ['pk', 'sk']);
  const ledgerTable = await createTable(client, ['pk', 'sk']);
  let time = NOW;
  const now = () => time;
  const counters = { client, table, now };
  const apply = createApplyRecords({
    store: createDynamoDbCounterStore({ ...counters, markerRetentionDays: 35 }),
    random: Math.random,
    pause: async () => {},
  });
  const note = createNotePresent({
    noteReadings: createReadings(counters).note,
    noteSessions: createSessions(counters).note,
  });
  return {
    count: async (...records: LedgerRecord[]) => {
      await apply(records);
      await note(records);
    },
    read: (...readings: GaugeReading[]) => note([], ...readings),
    series: composeReadAllSeries({ client, countersTable: table, ledgerTable, now }),
    totals: createReadTotals(counters),
    later: (milliseconds: number) => {
      time += milliseconds;
    },
  };
};

const amountIn = (all: SeriesByMetric, name: string, labels: Record<string, string> = {}): bigint | undefined => {
  const found = (all.get(name) ?? []).find((series) =>
    Object.entries(labels).every(([label, value]) => series.labels[label] === value),
  );
  return found?.kind === 'value' ? found.value : undefined;
};

let ids = 0;
const aRecord = (overrides: Parameters<typeof aRequestRecord>[0] = {}) =>
  aRequestRecord({ requestId: `present-${ids++}`, startedAt: NOW - 1_000, durationMs: 500, ...overrides });

describe('the gauges of the present', () => {
  it('show what was spent in this hour, day and month', async () => {
    const { count, series } = await aPresent();
    await count(
      aRecord({ costNanoUsd: 1 }),
      aRecord({ costNanoUsd: 20, startedAt: NOW - 2 * 3_600_000 }),
      aRecord({ costNanoUsd: 300, startedAt: NOW - 5 * 24 * 3_600_000 }),
      aRecord({ costNanoUsd: 4_000, startedAt: NOW - 40 * 24 * 3_600_000 }),
    );

    const all = await series();

    expect(amountIn(all, 'gateway_spend_usd', { period: 'hour' })).toBe(1n);
    expect(amountIn(all, 'gateway_spend_usd', { period: 'day' })).toBe(21n);
    expect(amountIn(all, 'gateway_spend_usd', { period: 'month' })).toBe(321n);
  });

  it('show how available a model was within five minutes, and that an idle one is', async () => {
    const { count, series, later } = await aPresent();
    const failed = [anAttempt({ outcome: 'unavailable' })];
    await count(
      aRecord(),
      aRecord(),
      aRecord(),
      aRecord({ attempts: failed, outcome: 'error', errorCode: 'no_provider_answered' }),
    );

    const busy = await series();
    later(6 * MINUTE);
    const idle = await series();

    const ratios = (all: SeriesByMetric) => [
      amountIn(all, 'gateway_model_availability', { model: MODEL }),
      amountIn(all, 'gateway_model_error_ratio', { model: MODEL }),
    ];
    expect(ratios(busy)).toEqual([750_000n, 250_000n]);
    expect(ratios(idle)).toEqual([1_000_000n, 0n]);
  });

  it('show the hit ratio of a cache that was asked, and none of one that was not', async () => {
    const { count, series, later } = await aPresent();
    await count(aRecord({ cache: 'hit', attempts: [] }), aRecord({ cache: 'miss' }), aRecord({ cache: 'off' }));

    const asked = await series();
    later(6 * MINUTE);

    expect(amountIn(asked, 'cache_hit_ratio', { model: MODEL })).toBe(500_000n);
    expect((await series()).get('cache_hit_ratio')).toEqual([]);
  });

  it('count distinct sessions that clients named: three clients with two sessions each are six', async () => {
    const { count, series, later } = await aPresent();
    const named = ['acme', 'globex', 'initech'].flatMap((accountId) =>
      ['one', 'two', 'two'].map((sessionId) => aRecord({ accountId, sessionId, sessionNamed: true })),
    );
    const records = [...named, aRecord({ sessionId: 'made-for-the-client' })];

    await count(...records);
    await count(...records);

    expect(amountIn(await series(), 'gateway_unique_sessions')).toBe(6n);
    later(6 * MINUTE);
    expect(amountIn(await series(), 'gateway_unique_sessions')).toBe(0n);
  });

  it('show the highest use of a limit, whatever order the records come in', async () => {
    const { count, series } = await aPresent();
    const endpoint = '/v1/chat/completions';

    await count(aRecord({ limitUsed: 0.4 }));
    await count(aRecord({ limitUsed: 0.9 }), aRecord({ limitUsed: 0.2, startedAt: NOW - 90_000 }));
    await count(aRecord({ limitUsed: 0.1 }));

    expect(amountIn(await series(), 'gateway_rate_limit_usage_ratio', { endpoint })).toBe(900_000n);
  });

  it('show the highest use of a limit within five minutes, not that of the last one', async () => {
    const { count, series } = await aPresent();
    const endpoint = '/v1/chat/completions';

    await count(aRecord({ limitUsed: 0.9, startedAt: NOW - 90_000 }), aRecord({ limitUsed: 0.1 }));

    expect(amountIn(await series(), 'gateway_rate_limit_usage_ratio', { endpoint })).toBe(900_000n);
  });

  it('keep the latest reading of each instance, also when an older one arrives late', async () => {
    const { read, series } = await aPresent();
    const metric = 'gpu_temperature_celsius';
    const labels = { gpu_id: '0' };

    await read({ metric, labels, value: 71, at: NOW - 1_000, instance: 'a' });
    await read({ metric, labels, value: 65, at: NOW - 2_000, instance: 'a' });

    expect(amountIn(await series(), metric, labels)).toBe(71_000n);
  });

  it.each([1e15, -1e15])('take the largest amount that may be reported: %d', async (value) => {
    const { read, series } = await aPresent();

    await read({ metric: 'drift_score', labels: { model: MODEL }, value, at: NOW });

    expect(amountIn(await series(), 'drift_score')).toBe(BigInt(value) * 1_000_000n);
  });

  it('drop a reading that nobody has renewed', async () => {
    const { read, series, later } = await aPresent();
    await read({ metric: 'gpu_temperature_celsius', labels: { gpu_id: '0' }, value: 71, at: NOW });
    await read({ metric: 'drift_score', labels: { model: MODEL }, value: 0.18, at: NOW });

    later(6 * MINUTE);

    const all = await series();
    expect(amountIn(all, 'gpu_temperature_celsius')).toBeUndefined();
    expect(amountIn(all, 'drift_score')).toBe(180_000n);
  });

  it('add the memory of sessions up, and show how full the fullest is', async () => {
    const { read, series } = await aPresent();
    const budget = (instance: string, limit: number, used: number): GaugeReading[] => [
      { metric: 'memory_budget_limit_bytes', labels: {}, value: limit, at: NOW, instance },
      { metric: 'memory_budget_used_bytes', labels: {}, value: used, at: NOW, instance },
    ];

    await read(...budget('a', 1_000, 250), ...budget('b', 500, 500));

    const all = await series();
    expect(amountIn(all, 'memory_budget_limit_bytes')).toBe(1_500n);
    expect(amountIn(all, 'memory_budget_used_bytes')).toBe(750n);
    expect(amountIn(all, 'memory_budget_utilization', { stat: 'max' })).toBe(1_000_000n);
  });

  it('say how many series there are', async () => {
    const { series } = await aPresent();

    const all = await series();

    const others = [...all].filter(([name]) => name !== 'telemetry_series').flatMap(([, of]) => of);
    expect(amountIn(all, 'telemetry_series')).toBe(BigInt(others.length + 1));
  });
});

describe('totals', () => {
  it('are those of one account, or of everything', async () => {
    const { count, totals } = await aPresent();
    await count(aRecord({ costNanoUsd: 10 }), aRecord({ costNanoUsd: 200, accountId: 'globex' }));

    expect((await totals('globex')).costNanoUsd).toBe(200n);
    expect((await totals()).costNanoUsd).toBe(210n);
    expect(await totals('nobody')).toMatchObject({ requests: 0n, costNanoUsd: 0n });
  });
});
