import type { GivenEvent } from '../../../lambdas/core/platform/event';
import type { TelemetryNames } from '../../../lambdas/core/platform/label-names';
import type { PlatformRecord } from '../../../lambdas/core/platform/record';
import type { Observed } from './observations';

/** What the deployment names in its settings, so that it does not become `other`. */
export const NAMES: TelemetryNames = {
  name: ['api', 'batch'],
  instance: ['db-1', 'cache-1', 'cache-2'],
  datname: ['orders', 'users'],
  queue: ['mail'],
};

const reading = (
  metric: Extract<GivenEvent, { type: 'reading' }>['metric'],
  value: number,
  labels = {},
): GivenEvent => ({
  type: 'reading',
  metric,
  value,
  labels,
});

/** What the services around the gateway report, with every wave. */
export const REPORTED: readonly GivenEvent[] = [
  reading('container_memory_usage_bytes', 400_000_000, { name: 'api' }),
  reading('container_spec_memory_limit_bytes', 500_000_000, { name: 'api' }),
  reading('container_memory_usage_bytes', 400_000_000, { name: 'batch' }),
  reading('container_spec_memory_limit_bytes', 0, { name: 'batch' }),
  { type: 'increase', metric: 'container_cpu_usage_seconds_total', amount: 30.25, labels: { name: 'api' } },
  reading('pg_stat_database_numbackends', 30, { datname: 'orders', instance: 'db-1' }),
  reading('pg_stat_database_numbackends', 55, { datname: 'users', instance: 'db-1' }),
  reading('pg_settings_max_connections', 100, { instance: 'db-1' }),
  reading('redis_memory_used_bytes', 950, { instance: 'cache-1' }),
  reading('redis_memory_max_bytes', 1_000, { instance: 'cache-1' }),
  reading('redis_memory_used_bytes', 950, { instance: 'cache-2' }),
  reading('redis_memory_max_bytes', 0, { instance: 'cache-2' }),
  reading('celery_queue_length', 12, { queue: 'mail' }),
  reading('request_queue_depth', 1_200, { service: 'worker' }),
  reading('request_queue_depth', 30, { service: 'inference' }),
  { type: 'memory_budget', session: 'one', limitBytes: 1_000, usedBytes: 1_000 },
  { type: 'memory_budget', session: 'two', limitBytes: 1_000, usedBytes: 10 },
  { type: 'health_check', provider: 'bedrock', healthy: false },
  reading('probe_success', 0, { service: 'memory' }),
  reading('probe_success', 1, { service: 'inference' }),
];

/** What the record of a report implies: counters that went up, and the request that brought it. */
export const toReportObservations = ({ events, intakeMs }: PlatformRecord): Observed[] => {
  const labels = { method: 'POST', endpoint: '/v1/telemetry', service: 'gateway' };
  const increases = events.flatMap((event) =>
    event.type === 'increase' ? [{ metric: event.metric, labels: event.labels, value: event.amount, times: 1 }] : [],
  );
  if (intakeMs === undefined) return increases;
  const duration = Math.round(intakeMs * 1_000) / 1e6;
  return [
    ...increases,
    { metric: 'http_requests_total', labels: { ...labels, status: '202' }, value: 1, times: 1 },
    { metric: 'http_request_duration_seconds', labels, value: duration, times: 1 },
  ];
};
