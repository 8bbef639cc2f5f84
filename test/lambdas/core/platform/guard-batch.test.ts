import { createGuardBatch } from '../../../../lambdas/core/platform/guard-batch';
import { measurePlatform } from '../../../../lambdas/core/platform/measure-platform';
import { anEvent, aPlatformRecord, FULL_EVENTS, NAMES } from '../../../support/a-platform-record';
import { MODEL } from '../../../support/a-request-record';

const guard = createGuardBatch(NAMES);

const JUNK = anEvent({ type: 'mcp_operation', server: '-', operation: '-', status: 'success', durationSeconds: 1 });

describe('a guarded batch', () => {
  it('keeps every event whose names are known', () => {
    const events = FULL_EVENTS.map((event) => anEvent(event));

    const guarded = guard({ service: 'worker', events });

    expect(guarded.service).toBe('worker');
    const session = expect.stringMatching(/^[\w-]{22}$/);
    expect(guarded.events).toEqual(
      events.map((event) => ({ event: 'session' in event ? { ...event, session } : event, overflow: [] })),
    );
    expect(guarded.replaced).toEqual([]);
  });

  it.each([
    [
      anEvent({ type: 'mcp_operation', server: 'junk', operation: 'read', status: 'success', durationSeconds: 1 }),
      'server',
    ],
    [anEvent({ type: 'inference', model: 'junk', status: 'success', durationSeconds: 1 }), 'model'],
    [anEvent({ type: 'task', taskType: 'junk', status: 'success' }), 'taskType'],
    [anEvent({ type: 'health_check', provider: 'junk', healthy: true }), 'provider'],
    [
      anEvent({ type: 'http_request', method: 'JUNK', endpoint: '/v1/tasks', status: 200, durationSeconds: 1 }),
      'method',
    ],
    [
      anEvent({ type: 'reading', metric: 'gpu_temperature_celsius', labels: { gpu_id: 'junk' }, value: 1 }),
      'labels.gpu_id',
    ],
    [
      anEvent({ type: 'increase', metric: 'node_cpu_seconds_total', labels: { instance: '-', mode: 'x' }, amount: 1 }),
      'labels.mode',
    ],
  ])('calls a name that nobody knows other: %j', (event, field) => {
    const guarded = guard({ service: 'worker', events: [event] });

    expect(JSON.stringify(guarded.events)).not.toMatch(/junk/i);
    expect(JSON.stringify(guarded.events)).toContain('other');
    expect(guarded.replaced.map(({ path }) => path)).toContain(`events.0.${field}`);
  });

  it('counts an overflow for each metric and label, as often as the event counts', () => {
    const event = {
      type: 'mcp_operation',
      server: 'junk',
      operation: 'read',
      status: 'success',
      durationSeconds: 1,
    } as const;

    const [guarded] = guard({ service: 'worker', events: [anEvent({ ...event, count: 3 })] }).events;

    expect(guarded?.overflow).toEqual([
      { metric: 'mcp_requests_total', label: 'server', count: 3 },
      { metric: 'mcp_operation_duration_seconds', label: 'server', count: 3 },
    ]);
    expect(measurePlatform(aPlatformRecord({ events: [], overflow: guarded?.overflow ?? [] }))).toEqual([
      {
        name: 'telemetry_label_overflow_total',
        labels: { metric: 'mcp_requests_total', label: 'server' },
        amount: 1,
        times: 3,
      },
      {
        name: 'telemetry_label_overflow_total',
        labels: { metric: 'mcp_operation_duration_seconds', label: 'server' },
        amount: 1,
        times: 3,
      },
    ]);
  });

  it('counts an unknown service only where it would have become a label', () => {
    const waited = anEvent({ type: 'queue_wait', durationSeconds: 1 });
    const checked = anEvent({ type: 'drift_check', model: MODEL, score: 0, status: 'ok' });

    const guarded = guard({ service: 'junk', events: [waited, checked] });

    expect(guarded.service).toBe('other');
    expect(guarded.events.map(({ overflow }) => overflow)).toEqual([
      [{ metric: 'request_queue_wait_seconds', label: 'service', count: 1 }],
      [],
    ]);
    expect(guarded.replaced).toEqual([{ path: 'service', label: 'service' }]);
  });

  it('lets a deployment add models and services of its own', () => {
    const own = createGuardBatch({ model: ['llama-at-home'], service: ['billing'] });
    const event = anEvent({ type: 'inference', model: 'llama-at-home', status: 'success', durationSeconds: 1 });

    const guarded = own({ service: 'billing', events: [event] });

    expect(guarded).toEqual({ service: 'billing', events: [{ event, overflow: [] }], replaced: [] });
  });

  it('keeps no session and no address, only what tells them apart', () => {
    const budget = (session: string) => anEvent({ type: 'memory_budget', session, limitBytes: 10, usedBytes: 5 });
    const gauge = anEvent({ type: 'reading', metric: 'memory_items', value: 1, instance: 'jane@example.com' });

    const { events } = guard({ service: 'worker', events: [budget('jane'), budget('joe'), budget('jane'), gauge] });

    const [jane, joe, again] = events.map(({ event }) => event.type === 'memory_budget' && event.session);
    expect(JSON.stringify(events)).not.toMatch(/jane|joe/);
    expect(jane).toMatch(/^[\w-]{22}$/);
    expect(again).toBe(jane);
    expect(joe).not.toBe(jane);
  });

  it('makes no series of 50,000 junk names', () => {
    const kept = new Set<string>();
    for (let batch = 0; batch < 500; batch += 1) {
      const events = Array.from({ length: 100 }, (_, index) => {
        const junk = `junk-${batch}-${index}`;
        return { ...JUNK, server: junk, operation: junk };
      });
      const guarded = guard({ service: `junk-${batch}`, events });
      kept.add(guarded.service);
      for (const { event } of guarded.events) kept.add(JSON.stringify(event));
    }

    expect([...kept]).toEqual(['other', JSON.stringify({ ...JUNK, server: 'other', operation: 'other' })]);
  });
});
