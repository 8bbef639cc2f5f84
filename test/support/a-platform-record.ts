import * as v from 'valibot';
import {
  type EventOf,
  type EventType,
  type GivenEvent,
  givenEvent,
  type PlatformEvent,
} from '../../lambdas/core/platform/event';
import type { PlatformRecord } from '../../lambdas/core/platform/record';
import { MODEL } from './a-request-record';

/** An event as it is kept: what a service may leave out is filled in. */
export const anEvent = <Type extends EventType>(event: GivenEvent & { type: Type }): EventOf<Type> => {
  const read: PlatformEvent = v.parse(givenEvent, event);
  const isOfType = (one: PlatformEvent): one is EventOf<Type> => one.type === event.type;
  if (!isOfType(read)) throw new Error(`The event is no ${event.type}.`);
  return read;
};

/** Every event with every field that it may have, of names that the catalogue or `NAMES` knows. */
export const FULL_EVENTS = [
  { type: 'http_request', method: 'POST', endpoint: '/v1/tasks', status: 201, durationSeconds: 0.2, count: 2, at: 1 },
  {
    type: 'gateway_request',
    provider: 'bedrock',
    model: MODEL,
    region: 'us-east-1',
    endpoint: '/v1/tasks',
    status: 'success',
    streamed: true,
    durationSeconds: 1.5,
    timeToFirstTokenSeconds: 0.3,
    inputTokens: 100,
    outputTokens: 80,
    cacheReadTokens: 10,
    cacheWriteTokens: 5,
    costUsd: 0.0015,
    cache: 'miss',
    strategy: 'cost',
    reason: 'cheapest',
  },
  {
    type: 'provider_call',
    provider: 'bedrock',
    model: MODEL,
    region: 'us-east-1',
    status: 'timeout',
    errorType: 'provider_timeout',
    durationSeconds: 2,
    attempt: 3,
  },
  { type: 'request_error', provider: 'bedrock', model: MODEL, region: 'us-east-1', errorType: 'internal' },
  { type: 'routing_decision', strategy: 'latency', model: MODEL, reason: 'fastest', durationSeconds: 0.001 },
  { type: 'cache_lookup', result: 'hit', cacheType: 'semantic', model: MODEL, savingsUsd: 0.002 },
  { type: 'cache_savings', cacheType: 'exact', model: MODEL, savingsUsd: 0.003 },
  {
    type: 'inference',
    model: MODEL,
    status: 'success',
    durationSeconds: 0.7,
    inputTokens: 12,
    outputTokens: 34,
    batchSize: 8,
  },
  { type: 'mcp_operation', server: 'files', operation: 'read', status: 'success', durationSeconds: 0.05 },
  { type: 'memory_operation', operation: 'read', status: 'error', durationSeconds: 0.04, results: 3 },
  { type: 'queue_wait', durationSeconds: 4 },
  { type: 'task', taskType: 'report', status: 'failure' },
  { type: 'drift_check', model: MODEL, score: 0.18, threshold: 0.15, status: 'warning', durationSeconds: 5 },
  { type: 'training_run', model: MODEL, status: 'success', durationSeconds: 3_600 },
  { type: 'vector_search', store: 'qdrant', durationSeconds: 0.02 },
  { type: 'health_check', provider: 'bedrock', healthy: true, latencySeconds: 0.3 },
  { type: 'memory_budget', session: 'session-1', limitBytes: 1_000, usedBytes: 250 },
  { type: 'reading', metric: 'gpu_utilization_percent', labels: { gpu_id: '0' }, value: 93.5, instance: 'host-1' },
  { type: 'increase', metric: 'container_cpu_usage_seconds_total', labels: { name: 'redis' }, amount: 1.25 },
] as const satisfies readonly GivenEvent[];

/** Values that the deployment of the tests has named. */
export const NAMES = {
  server: ['files'],
  operation: ['read'],
  task_type: ['report'],
  store: ['qdrant'],
  gpu_id: ['0'],
  name: ['redis'],
  endpoint: ['/v1/tasks'],
  model: ['llama-at-home'],
} as const;

/** What the service `worker` of the account `acme` reported at ten o'clock. */
export const aPlatformRecord = (overrides: Partial<PlatformRecord> = {}): PlatformRecord => ({
  schema: 1,
  kind: 'platform',
  requestId: 'report-0000000000000001',
  accountId: 'acme',
  keyId: 'key1',
  service: 'worker',
  receivedAt: Date.parse('2026-11-21T10:00:00.000Z'),
  events: [anEvent({ type: 'queue_wait', durationSeconds: 4 })],
  overflow: [],
  ...overrides,
});
