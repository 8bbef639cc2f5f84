import { createMetricsExporter } from '../../../../lambdas/core/library/metrics-exporter';
import { type Report, SinkError } from '../../../../lambdas/core/library/sink';
import type { EventType, GivenEvent } from '../../../../lambdas/core/platform/event';
import { EVENT_TYPES } from '../../../../lambdas/core/platform/event';
import { OUTSIDE_COUNTERS, READING_NAMES } from '../../../../lambdas/core/platform/events/states';
import { measurePlatform } from '../../../../lambdas/core/platform/measure-platform';
import { readReadings } from '../../../../lambdas/core/platform/read-readings';
import type { Metric } from '../../../../lambdas/core/telemetry/metric';
import { METRIC_FAMILIES } from '../../../../lambdas/core/telemetry/metrics';
import { anEvent, aPlatformRecord, FULL_EVENTS } from '../../../support/a-platform-record';
import { MODEL } from '../../../support/a-request-record';

const NOW = 1_795_255_200_000;

/** An exporter and everything that it sent; `refuse` says what its sink throws. */
const anExporter = (refuse: (report: Report) => unknown = () => undefined) => {
  const sent: Report[] = [];
  const failures: unknown[] = [];
  let ids = 0;
  const clock = { now: NOW };
  const exporter = createMetricsExporter({
    service: 'worker',
    sink: async (report) => {
      const error = refuse(report);
      if (error !== undefined) throw error;
      sent.push(report);
    },
    newId: () => `report-${++ids}`,
    now: () => clock.now,
    onFailure: (error) => failures.push(error),
  });
  const events = (): GivenEvent[] => sent.flatMap((report) => [...report.events]);
  return { exporter, sent, events, failures, clock };
};

type Exporter = ReturnType<typeof anExporter>['exporter'];

const target = { model: MODEL, region: 'us-east-1' };

/** The families of which services around the gateway have a part. */
const REPORTED = [
  'HTTP',
  'Cache and routing',
  'Work of the services around the gateway',
  'State of services, queues and databases',
  'Containers, hosts and collectors',
] as const;

/** One call of every recorder, and the events that it makes. */
const CALLS: readonly [name: keyof Exporter, call: (exporter: Exporter) => void, events: readonly GivenEvent[]][] = [
  [
    'recordHttpRequest',
    (x) => x.recordHttpRequest({ method: 'GET', endpoint: '/x', status: 200, durationSeconds: 0.1 }),
    [{ type: 'http_request', method: 'GET', endpoint: '/x', status: 200, durationSeconds: 0.1 }],
  ],
  [
    'recordRequest',
    (x) => x.recordRequest({ ...target, status: 'success', durationSeconds: 1, costUsd: 0.1 }),
    [{ type: 'gateway_request', ...target, status: 'success', durationSeconds: 1, costUsd: 0.1 }],
  ],
  [
    'recordProviderCall',
    (x) => x.recordProviderCall({ ...target, provider: 'bedrock', status: 'error', durationSeconds: 1 }),
    [{ type: 'provider_call', ...target, provider: 'bedrock', status: 'error', durationSeconds: 1 }],
  ],
  [
    'recordError',
    (x) => x.recordError({ ...target, errorType: 'internal' }),
    [{ type: 'request_error', ...target, errorType: 'internal' }],
  ],
  [
    'recordCacheHit',
    (x) => x.recordCacheHit({ model: MODEL, cacheType: 'semantic' }),
    [{ type: 'cache_lookup', result: 'hit', model: MODEL, cacheType: 'semantic' }],
  ],
  [
    'recordCacheMiss',
    (x) => x.recordCacheMiss({ model: MODEL }),
    [{ type: 'cache_lookup', result: 'miss', model: MODEL }],
  ],
  [
    'recordCacheSavings',
    (x) => x.recordCacheSavings({ model: MODEL, savingsUsd: 0.2 }),
    [{ type: 'cache_savings', model: MODEL, savingsUsd: 0.2 }],
  ],
  [
    'recordRouting',
    (x) => x.recordRouting({ model: MODEL, strategy: 'cost', reason: 'cheapest' }),
    [{ type: 'routing_decision', model: MODEL, strategy: 'cost', reason: 'cheapest' }],
  ],
  [
    'recordInference',
    (x) => x.recordInference({ model: MODEL, status: 'success', durationSeconds: 2 }),
    [{ type: 'inference', model: MODEL, status: 'success', durationSeconds: 2 }],
  ],
  [
    'recordMcpOperation',
    (x) => x.recordMcpOperation({ server: 'files', operation: 'read', status: 'timeout', durationSeconds: 2 }),
    [{ type: 'mcp_operation', server: 'files', operation: 'read', status: 'timeout', durationSeconds: 2 }],
  ],
  [
    'recordMemoryOperation',
    (x) => x.recordMemoryOperation({ operation: 'read', status: 'success', durationSeconds: 2, results: 3 }),
    [{ type: 'memory_operation', operation: 'read', status: 'success', durationSeconds: 2, results: 3 }],
  ],
  ['recordQueueWait', (x) => x.recordQueueWait({ durationSeconds: 9 }), [{ type: 'queue_wait', durationSeconds: 9 }]],
  [
    'recordTask',
    (x) => x.recordTask({ taskType: 'report', status: 'failure' }),
    [{ type: 'task', taskType: 'report', status: 'failure' }],
  ],
  [
    'recordTrainingRun',
    (x) => x.recordTrainingRun({ model: MODEL, status: 'success', durationSeconds: 60 }),
    [{ type: 'training_run', model: MODEL, status: 'success', durationSeconds: 60 }],
  ],
  [
    'recordVectorSearch',
    (x) => x.recordVectorSearch({ store: 'qdrant', durationSeconds: 0.01 }),
    [{ type: 'vector_search', store: 'qdrant', durationSeconds: 0.01 }],
  ],
  [
    'recordHealthCheck',
    (x) => x.recordHealthCheck({ provider: 'bedrock', healthy: false, latencySeconds: 1 }),
    [{ type: 'health_check', provider: 'bedrock', healthy: false, latencySeconds: 1 }],
  ],
  [
    'updateDriftScore',
    (x) => x.updateDriftScore({ model: MODEL, score: 0.18, durationSeconds: 5 }),
    [{ type: 'drift_check', model: MODEL, score: 0.18, status: 'warning', durationSeconds: 5 }],
  ],
  [
    'updateBudget',
    (x) => x.updateBudget({ session: 's', limitBytes: 10, usedBytes: 5 }),
    [{ type: 'memory_budget', session: 's', limitBytes: 10, usedBytes: 5 }],
  ],
  [
    'recordGpu',
    (x) => x.recordGpu({ gpuId: '0', utilizationPercent: 93, temperatureCelsius: 70 }),
    [
      { type: 'reading', metric: 'gpu_utilization_percent', labels: { gpu_id: '0' }, value: 93 },
      { type: 'reading', metric: 'gpu_temperature_celsius', labels: { gpu_id: '0' }, value: 70 },
    ],
  ],
  [
    'setQueueDepth',
    (x) => x.setQueueDepth(12),
    [{ type: 'reading', metric: 'request_queue_depth', labels: { service: 'worker' }, value: 12 }],
  ],
  [
    'setGauge',
    (x) => x.setGauge({ metric: 'celery_queue_length', labels: { queue: 'mail' }, value: 4, instance: 'a' }),
    [{ type: 'reading', metric: 'celery_queue_length', labels: { queue: 'mail' }, value: 4, instance: 'a' }],
  ],
  [
    'increaseCounter',
    (x) => x.increaseCounter({ metric: 'container_cpu_usage_seconds_total', labels: { name: 'redis' }, amount: 1.5 }),
    [{ type: 'increase', metric: 'container_cpu_usage_seconds_total', labels: { name: 'redis' }, amount: 1.5 }],
  ],
];

describe('a recorder', () => {
  it.each(CALLS)('%s makes exactly its events', async (_, call, events) => {
    const { exporter, events: sent, failures } = anExporter();

    call(exporter);
    await exporter.flush();

    expect(sent()).toEqual(events.map((event) => ({ at: NOW, ...event })));
    expect(failures).toEqual([]);
  });

  it('is there for every type of event', () => {
    const recorded = new Set<EventType>(CALLS.flatMap(([, , events]) => events.map(({ type }) => type)));

    expect([...recorded].sort()).toEqual([...EVENT_TYPES].sort());
  });

  it('is in this table, each of them', () => {
    const { exporter } = anExporter();

    expect(Object.keys(exporter).sort()).toEqual([...CALLS.map(([name]) => name), 'flush'].sort());
  });

  it('is there for every metric that is not the gateway’s own', () => {
    const records = [...CALLS.flatMap(([, , events]) => events), ...FULL_EVENTS].map((event) =>
      aPlatformRecord({ events: [anEvent(event)] }),
    );
    const recorded = new Set<string>([
      ...records.flatMap(measurePlatform).map(({ name }) => name),
      ...records.flatMap(readReadings).map(({ metric }) => metric),
      // One recorder takes every gauge that is reported, and one every counter that is kept outside.
      ...READING_NAMES,
      ...OUTSIDE_COUNTERS,
    ]);

    const missing = REPORTED.flatMap((family) => Object.entries<Metric>(METRIC_FAMILIES[family])).filter(
      ([name, metric]) => !(metric.kind === 'gauge' && metric.origin === 'derived') && !recorded.has(name),
    );

    expect(missing.map(([name]) => name)).toEqual([]);
  });

  it('takes a status of drift that it is given, and a threshold', async () => {
    const { exporter, events } = anExporter();

    exporter.updateDriftScore({ model: MODEL, score: 0.3 });
    exporter.updateDriftScore({ model: MODEL, score: 0.3, threshold: 0.5 });
    exporter.updateDriftScore({ model: MODEL, score: 0.15 });
    exporter.updateDriftScore({ model: MODEL, score: 0, status: 'critical' });
    await exporter.flush();

    expect(events().map((event) => event.type === 'drift_check' && event.status)).toEqual([
      'critical',
      'ok',
      'ok',
      'critical',
    ]);
  });

  it('never throws: what cannot be recorded is told and left out', async () => {
    const { exporter, sent, failures } = anExporter();

    exporter.recordQueueWait({ durationSeconds: Number.NaN });
    exporter.recordQueueWait({ durationSeconds: -1 });
    await exporter.flush();

    expect(sent).toEqual([]);
    expect(failures.map(String)).toEqual([
      expect.stringContaining('queue_wait was not recorded: durationSeconds must be a number of seconds'),
      expect.stringContaining('durationSeconds'),
    ]);
  });
});

describe('a flush', () => {
  const waits = (exporter: Exporter, count: number): void => {
    for (let index = 0; index < count; index += 1) exporter.recordQueueWait({ durationSeconds: index });
  };

  it('sends a hundred events at most at once, each report under an id of its own', async () => {
    const { exporter, sent } = anExporter();
    waits(exporter, 250);

    const flushed = await exporter.flush();

    expect(flushed).toEqual({ sent: 250, kept: 0, dropped: 0 });
    expect(sent.map(({ id, service, events }) => [id, service, events.length])).toEqual([
      ['report-1', 'worker', 100],
      ['report-2', 'worker', 100],
      ['report-3', 'worker', 50],
    ]);
  });

  it('sends nothing when nothing was recorded', async () => {
    const { exporter, sent } = anExporter();

    expect(await exporter.flush()).toEqual({ sent: 0, kept: 0, dropped: 0 });
    expect(sent).toEqual([]);
  });

  it('sends a report that was not taken again, under the same id, before newer ones', async () => {
    let broken = true;
    const { exporter, sent, failures } = anExporter(() => (broken ? new Error('The line is down.') : undefined));
    waits(exporter, 3);
    const first = await exporter.flush();
    broken = false;
    waits(exporter, 2);

    const second = await exporter.flush();

    expect([first, second]).toEqual([
      { sent: 0, kept: 3, dropped: 0 },
      { sent: 5, kept: 0, dropped: 0 },
    ]);
    expect(sent.map(({ id, events }) => [id, events.length])).toEqual([
      ['report-1', 3],
      ['report-2', 2],
    ]);
    expect(failures).toHaveLength(1);
  });

  it('tries one report when nobody answers, and keeps all', async () => {
    const { exporter, failures } = anExporter(() => new Error('The line is down.'));
    waits(exporter, 250);

    expect(await exporter.flush()).toEqual({ sent: 0, kept: 250, dropped: 0 });
    expect(failures).toHaveLength(1);
  });

  it('keeps the time of what is recorded, however late it is taken', async () => {
    let isDown = true;
    const { exporter, events, clock } = anExporter(() => (isDown ? new Error('The line is down.') : undefined));
    const queue = (value: number) =>
      exporter.setGauge({ metric: 'celery_queue_length', labels: { queue: 'mail' }, value });
    queue(500);
    await exporter.flush();
    clock.now += 60_000;
    queue(0);
    await exporter.flush();
    clock.now += 3_600_000;
    isDown = false;

    await exporter.flush();

    expect(events()).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ value: 500, at: NOW }),
        expect.objectContaining({ value: 0, at: NOW + 60_000 }),
      ]),
    );
  });

  it('goes on when whoever is told of failures fails', async () => {
    const exporter = createMetricsExporter({
      service: 'worker',
      sink: async () => {
        throw new Error('The line is down.');
      },
      newId: () => 'report',
      now: () => NOW,
      onFailure: () => {
        throw new Error('So is this.');
      },
    });
    exporter.recordQueueWait({ durationSeconds: -1 });
    exporter.recordQueueWait({ durationSeconds: 1 });

    expect(await exporter.flush()).toEqual({ sent: 0, kept: 1, dropped: 0 });
    expect(await exporter.flush()).toEqual({ sent: 0, kept: 1, dropped: 0 });
  });

  it('lets a report that is never taken hold up no other', async () => {
    const { exporter, sent } = anExporter(({ id }) => (id === 'report-1' ? new Error('Not this one.') : undefined));
    waits(exporter, 250);

    await exporter.flush();
    await exporter.flush();

    expect(sent.map(({ id }) => id)).toEqual(['report-2', 'report-3']);
  });

  it('drops a report that will never be taken', async () => {
    const { exporter, failures } = anExporter(() => new SinkError('Refused.', { retryable: false }));
    waits(exporter, 3);

    expect(await exporter.flush()).toEqual({ sent: 0, kept: 0, dropped: 3 });
    expect(await exporter.flush()).toEqual({ sent: 0, kept: 0, dropped: 0 });
    expect(failures).toHaveLength(1);
  });

  it('loses and repeats nothing when work and flushes go on at the same time', async () => {
    const { exporter, events } = anExporter();
    const worker = async (start: number) => {
      for (let index = 0; index < 50; index += 1) {
        exporter.recordQueueWait({ durationSeconds: start + index });
        if (index % 7 === 0) await exporter.flush();
      }
    };

    await Promise.all([0, 50, 100, 150].map(worker));
    await exporter.flush();

    const seconds = events().map((event) => (event.type === 'queue_wait' ? event.durationSeconds : -1));
    expect([...seconds].sort((one, other) => one - other)).toEqual(Array.from({ length: 200 }, (_, index) => index));
  });

  it('keeps a bounded number of events', async () => {
    const { exporter, failures } = anExporter();
    waits(exporter, 10_001);

    expect(await exporter.flush()).toMatchObject({ sent: 10_000 });
    expect(failures.map(String)).toEqual([expect.stringContaining('flush sooner')]);
  });

  it('keeps no more than that when nothing is taken, however often it is tried', async () => {
    const { exporter } = anExporter(() => new Error('The line is down.'));
    waits(exporter, 6_000);
    await exporter.flush();
    waits(exporter, 6_000);

    expect(await exporter.flush()).toMatchObject({ kept: 10_000 });
  });
});
