import type { EventType, GivenEvent } from '../../../../lambdas/core/platform/event';
import { EVENT_TYPES } from '../../../../lambdas/core/platform/event';
import { OUTSIDE_COUNTERS, READING_NAMES } from '../../../../lambdas/core/platform/events/states';
import { measurePlatform } from '../../../../lambdas/core/platform/measure-platform';
import { readReadings } from '../../../../lambdas/core/platform/read-readings';
import { METRICS, METRICS_BY_NAME } from '../../../../lambdas/core/telemetry/metrics';
import { anEvent, aPlatformRecord, FULL_EVENTS } from '../../../support/a-platform-record';
import { MODEL } from '../../../support/a-request-record';

type Total = Record<string, number>;

/** What is added to each series, as `name{values}`: the amount times how often it is counted. */
const totalsOf = (event: GivenEvent): Total => {
  const totals: Total = {};
  for (const { name, labels, amount, times } of measurePlatform(aPlatformRecord({ events: [anEvent(event)] }))) {
    const key = `${name}{${Object.values(labels).join(',')}}`;
    totals[key] = (totals[key] ?? 0) + amount * times;
  }
  return totals;
};

const TARGET = `bedrock,${MODEL},us-east-1`;

const TABLE: Record<Exclude<EventType, 'reading' | 'memory_budget'>, Total> = {
  http_request: {
    'http_requests_total{POST,/v1/tasks,worker,201}': 2,
    'http_request_duration_seconds{POST,/v1/tasks,worker}': 400_000,
  },
  gateway_request: {
    [`gateway_requests_total{${TARGET},/v1/tasks,success}`]: 1,
    [`gateway_request_duration_seconds{${TARGET},/v1/tasks}`]: 1_500_000,
    [`gateway_streaming_requests_total{bedrock,${MODEL},success}`]: 1,
    [`gateway_time_to_first_token_seconds{${TARGET}}`]: 300_000,
    [`gateway_tokens_total{${TARGET},input}`]: 100,
    [`gateway_tokens_total{${TARGET},output}`]: 80,
    [`gateway_tokens_total{${TARGET},cache_read}`]: 10,
    [`gateway_tokens_total{${TARGET},cache_write}`]: 5,
    [`gateway_tokens_per_request{bedrock,${MODEL},input}`]: 115,
    [`gateway_tokens_per_request{bedrock,${MODEL},output}`]: 80,
    [`gateway_cost_usd_total{${TARGET}}`]: 1_500_000,
    [`gateway_cost_per_request_usd{${TARGET}}`]: 1_500_000,
    [`cache_misses_total{all,${MODEL}}`]: 1,
    [`cache_misses_total{exact,${MODEL}}`]: 1,
    [`routing_decisions_total{cost,${MODEL},cheapest}`]: 1,
  },
  provider_call: {
    [`gateway_provider_requests_total{${TARGET},timeout}`]: 1,
    [`gateway_provider_duration_seconds{${TARGET},3+}`]: 2_000_000,
    [`gateway_provider_errors_total{${TARGET},provider_timeout}`]: 1,
  },
  request_error: { [`gateway_request_errors_total{${TARGET},internal}`]: 1 },
  routing_decision: {
    [`routing_decisions_total{latency,${MODEL},fastest}`]: 1,
    'router_decision_duration_seconds{}': 1_000,
  },
  cache_lookup: {
    [`cache_hits_total{semantic,${MODEL}}`]: 1,
    [`cache_savings_usd_total{semantic,${MODEL}}`]: 2_000_000,
  },
  cache_savings: { [`cache_savings_usd_total{exact,${MODEL}}`]: 3_000_000 },
  inference: {
    [`inference_requests_total{${MODEL},success}`]: 1,
    [`inference_duration_seconds{${MODEL}}`]: 700_000,
    [`inference_tokens_total{${MODEL},input}`]: 12,
    [`inference_tokens_total{${MODEL},output}`]: 34,
    [`inference_batch_size{${MODEL}}`]: 8,
  },
  mcp_operation: {
    'mcp_requests_total{files,read,success}': 1,
    'mcp_operation_duration_seconds{files,read}': 50_000,
  },
  memory_operation: {
    'memory_operations_total{read,error}': 1,
    'memory_operation_duration_seconds{read}': 40_000,
    'memory_search_results{}': 3,
  },
  queue_wait: { 'request_queue_wait_seconds{worker}': 4_000_000 },
  task: { 'tasks_completed_total{report,failure}': 1 },
  drift_check: { [`drift_checks_total{${MODEL},warning}`]: 1, 'drift_detection_duration_seconds{}': 5_000_000 },
  training_run: {
    [`training_runs_total{${MODEL},success}`]: 1,
    [`training_duration_seconds{${MODEL}}`]: 3_600_000_000,
  },
  vector_search: { 'vector_search_duration_seconds{qdrant}': 20_000 },
  health_check: { 'gateway_provider_health_latency_seconds{bedrock}': 300_000 },
  increase: { 'container_cpu_usage_seconds_total{redis}': 1_250_000 },
};

describe('an event', () => {
  it.each(FULL_EVENTS.map((event) => [event.type, event] as const))('%s adds to exactly its series', (type, event) => {
    const expected = new Map<string, Total>(Object.entries(TABLE)).get(type) ?? {};

    expect(totalsOf(event)).toEqual(expected);
  });

  it('of every type is in the table', () => {
    expect([...FULL_EVENTS.map(({ type }) => type)].sort()).toEqual([...EVENT_TYPES].sort());
  });

  it('counts as often as it stands for', () => {
    const event = { type: 'task', taskType: 'report', status: 'success', count: 7 } as const;

    expect(totalsOf(event)).toEqual({ 'tasks_completed_total{report,success}': 7 });
  });

  it('has an HTTP status that is registered, or other', () => {
    const event = { type: 'http_request', method: 'GET', endpoint: '/x', durationSeconds: 1 } as const;

    expect(Object.keys(totalsOf({ ...event, status: 299 }))).toContain('http_requests_total{GET,/x,worker,other}');
    expect(Object.keys(totalsOf({ ...event, status: 418 }))).toContain('http_requests_total{GET,/x,worker,418}');
  });
});

describe('a request that a service served itself', () => {
  const request = { type: 'gateway_request', model: MODEL, status: 'success', durationSeconds: 1 } as const;

  it('is of the provider that the catalogue has for its model', () => {
    expect(Object.keys(totalsOf(request))).toContain(`gateway_requests_total{bedrock,${MODEL},none,other,success}`);
  });

  it('counts as unpriced when its cost is not known', () => {
    expect(totalsOf(request)).toMatchObject({ [`gateway_unpriced_requests_total{bedrock,${MODEL}}`]: 1 });
    expect(Object.keys(totalsOf({ ...request, costUsd: 0 }))).not.toContain(
      `gateway_unpriced_requests_total{bedrock,${MODEL}}`,
    );
  });

  it('that a cache answered counts its tokens as cached and saves instead of costing', () => {
    const totals = totalsOf({
      ...request,
      cache: 'hit',
      cacheType: 'semantic',
      inputTokens: 10,
      outputTokens: 5,
      savingsUsd: 0.01,
    });

    expect(totals).toMatchObject({
      [`gateway_tokens_total{bedrock,${MODEL},none,cached}`]: 15,
      [`cache_hits_total{semantic,${MODEL}}`]: 1,
      [`cache_savings_usd_total{semantic,${MODEL}}`]: 10_000_000,
    });
    expect(Object.keys(totals).filter((name) => /cost|unpriced|per_request|,input|,output/.test(name))).toEqual([]);
  });

  it.each([
    ['error', 'internal'],
    ['timeout', 'provider_timeout'],
    ['rate_limited', 'rate_limited'],
  ] as const)('that ended as %s without more counts as an error of type %s', (status, type) => {
    expect(totalsOf({ ...request, status })).toMatchObject({
      [`gateway_request_errors_total{bedrock,${MODEL},none,${type}}`]: 1,
    });
  });
});

describe('a reading', () => {
  const shown = (event: GivenEvent) =>
    readReadings(aPlatformRecord({ events: [anEvent(event)] })).map(({ metric, labels, value, instance }) => [
      metric,
      labels,
      value,
      instance,
    ]);

  it('of a gauge has its labels and says who read it', () => {
    expect(
      shown({
        type: 'reading',
        metric: 'request_queue_depth',
        labels: { service: 'worker' },
        value: 12,
        instance: 'q1',
      }),
    ).toEqual([['request_queue_depth', { service: 'worker' }, 12, 'acme/worker/q1']]);
  });

  it('of a drift check is its score', () => {
    expect(shown({ type: 'drift_check', model: MODEL, score: 0.18, status: 'warning' })).toEqual([
      ['drift_score', { model: MODEL }, 0.18, 'acme/worker'],
    ]);
  });

  it.each([
    [true, 1],
    [false, 0],
  ])('of a health check (%s) is %i', (healthy, value) => {
    expect(shown({ type: 'health_check', provider: 'bedrock', healthy })).toEqual([
      ['gateway_provider_health', { provider: 'bedrock' }, value, 'acme/worker'],
    ]);
  });

  it('of a memory budget is of one session', () => {
    expect(shown({ type: 'memory_budget', session: 'digest', limitBytes: 1_000, usedBytes: 250 })).toEqual([
      ['memory_budget_limit_bytes', {}, 1_000, 'acme/worker/digest'],
      ['memory_budget_used_bytes', {}, 250, 'acme/worker/digest'],
    ]);
  });

  it('is never of a time that has not come', () => {
    const record = aPlatformRecord({
      events: [
        anEvent({ type: 'reading', metric: 'memory_items', value: 1, at: 5e12 }),
        anEvent({ type: 'reading', metric: 'memory_items', value: 2, at: 1_000 }),
        anEvent({ type: 'reading', metric: 'memory_items', value: 3 }),
      ],
    });

    expect(readReadings(record).map(({ at }) => at)).toEqual([record.receivedAt, 1_000, record.receivedAt]);
  });
});

describe('the catalogue', () => {
  it('has a reading for every gauge that is reported, and an increase for every counter kept outside', () => {
    const gauges = [...METRICS_BY_NAME].filter(([, metric]) => metric.kind === 'gauge' && metric.origin === 'reading');

    expect([...READING_NAMES].sort()).toEqual(gauges.map(([name]) => name).sort());
    expect(OUTSIDE_COUNTERS.every((name) => METRICS[name].kind === 'counter')).toBe(true);
    expect(OUTSIDE_COUNTERS).toContain('container_cpu_usage_seconds_total');
  });
});

describe('a report that came over HTTP', () => {
  it('counts as a request of the gateway too', () => {
    const measured = measurePlatform(aPlatformRecord({ events: [], intakeMs: 12.5 }));

    const route = { method: 'POST', endpoint: '/v1/telemetry', service: 'gateway' };
    expect(measured).toEqual([
      { name: 'http_requests_total', labels: { ...route, status: '202' }, amount: 1, times: 1 },
      { name: 'http_request_duration_seconds', labels: route, amount: 12_500, times: 1 },
    ]);
  });
});
