import { GatewayError } from '../../../../lambdas/core/errors';
import { readBatch } from '../../../../lambdas/core/platform/read-batch';
import { FULL_EVENTS } from '../../../support/a-platform-record';

const waited = { type: 'queue_wait', durationSeconds: 1 };

const faultOf = (batch: unknown): { code: string; param: string | undefined; message: string } => {
  try {
    readBatch(batch);
  } catch (error) {
    if (error instanceof GatewayError) return { code: error.code, param: error.param, message: error.message };
    throw error;
  }
  throw new Error('It was read, and should not have been.');
};

describe('a report', () => {
  it('is read with everything that an event may leave out', () => {
    expect(readBatch({ service: 'worker', events: [waited] })).toEqual({
      service: 'worker',
      events: [{ ...waited, count: 1 }],
    });
  });

  it('may hold events of every type', () => {
    expect(readBatch({ service: 'worker', events: FULL_EVENTS }).events).toHaveLength(FULL_EVENTS.length);
  });

  it.each<[unknown, string, RegExp]>([
    ['text', 'body', /must be an object/],
    [{ events: [waited] }, 'service', /is required/],
    [{ service: 'worker' }, 'events', /is required/],
    [{ service: 'worker', events: [] }, 'events', /at least one event/],
    [{ service: 'worker', events: Array.from({ length: 101 }, () => waited) }, 'events', /at most 100 events/],
    [{ service: 'worker', events: [waited], more: 1 }, 'more', /id, service and events/],
    [{ service: 'worker', events: [waited], id: 'a b' }, 'id', /1 to 128 letters/],
    [{ service: 'worker', events: ['text'] }, 'events.0', /must be an object/],
    [{ service: 'worker', events: [{}] }, 'events.0.type', /must be one of http_request, gateway_request/],
    [{ service: 'worker', events: [{ type: 'odd' }] }, 'events.0.type', /must be one of http_request/],
    [{ service: 'worker', events: [waited, { type: 'queue_wait' }] }, 'events.1.durationSeconds', /is required/],
    [{ service: 'worker', events: [{ ...waited, seconds: 1 }] }, 'events.0.seconds', /is not a field of this event/],
    [{ service: 'worker', events: [{ ...waited, durationSeconds: -1 }] }, 'events.0.durationSeconds', /from 0 to/],
    [{ service: 'worker', events: [{ ...waited, durationSeconds: '1' }] }, 'events.0.durationSeconds', /seconds/],
    [{ service: 'worker', events: [{ ...waited, count: 0 }] }, 'events.0.count', /from 1 to 10000/],
    [
      { service: 'worker', events: [{ type: 'task', taskType: 'x', status: 'done' }] },
      'events.0.status',
      /success, failure/,
    ],
    [
      { service: 'worker', events: [{ type: 'reading', metric: 'http_requests_total', value: 1 }] },
      'events.0.metric',
      /must be a gauge that can be reported: .*memory_items/,
    ],
    [
      { service: 'worker', events: [{ type: 'reading', metric: 'telemetry_aggregator_lag_seconds', value: 1 }] },
      'events.0.metric',
      /must be a gauge that can be reported/,
    ],
    [
      { service: 'worker', events: [{ type: 'reading', metric: 'celery_queue_length', value: 1 }] },
      'events.0.labels',
      /exactly the labels of celery_queue_length: queue/,
    ],
    [
      { service: 'worker', events: [{ type: 'reading', metric: 'memory_items', labels: { user: 'x' }, value: 1 }] },
      'events.0.labels',
      /exactly the labels of memory_items: none/,
    ],
    [
      { service: 'worker', events: [{ type: 'increase', metric: 'gateway_cost_usd_total', amount: 1 }] },
      'events.0.metric',
      /must be a counter that is kept outside: container_cpu_usage_seconds_total/,
    ],
    [
      {
        service: 'worker',
        events: [waited, { type: 'queue_wait', durationSeconds: 31_536_000, count: 10_000 }],
      },
      'events.1',
      /check its units/,
    ],
  ])('%j is refused for %s', (batch, path, message) => {
    const fault = faultOf(batch);

    expect([fault.code, fault.param]).toEqual(['invalid_request', path]);
    expect(fault.message).toMatch(message);
    expect(fault.message).toContain(`\`${path}\``);
  });
});
