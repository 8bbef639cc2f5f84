import { toAmount } from '../../telemetry/metric';
import type { Observation } from '../../telemetry/metrics';
import type { EventOf } from '../event';
import { toPlatformLabel } from '../platform-label';

const toMicroseconds = (seconds: number): number => toAmount('seconds', seconds);

/** `observe`, of a value that was reported. */
const told = <V>(value: V | undefined, observe: (value: V) => Observation): Observation[] =>
  value === undefined ? [] : [observe(value)];

export const ofInference = (event: EventOf<'inference'>): Observation[] => {
  const model = toPlatformLabel('model', event.model);
  return [
    { name: 'inference_requests_total', labels: { model, status: event.status }, amount: 1 },
    { name: 'inference_duration_seconds', labels: { model }, amount: toMicroseconds(event.durationSeconds) },
    ...told(event.inputTokens, (amount) => ({
      name: 'inference_tokens_total',
      labels: { model, type: 'input' },
      amount,
    })),
    ...told(event.outputTokens, (amount) => ({
      name: 'inference_tokens_total',
      labels: { model, type: 'output' },
      amount,
    })),
    ...told(event.batchSize, (amount) => ({ name: 'inference_batch_size', labels: { model }, amount })),
  ];
};

export const ofMcpOperation = (event: EventOf<'mcp_operation'>): Observation[] => {
  const labels = {
    server: toPlatformLabel('server', event.server),
    operation: toPlatformLabel('operation', event.operation),
  };
  return [
    { name: 'mcp_requests_total', labels: { ...labels, status: event.status }, amount: 1 },
    { name: 'mcp_operation_duration_seconds', labels, amount: toMicroseconds(event.durationSeconds) },
  ];
};

export const ofMemoryOperation = (event: EventOf<'memory_operation'>): Observation[] => {
  const operation = toPlatformLabel('operation', event.operation);
  return [
    { name: 'memory_operations_total', labels: { operation, status: event.status }, amount: 1 },
    { name: 'memory_operation_duration_seconds', labels: { operation }, amount: toMicroseconds(event.durationSeconds) },
    ...told(event.results, (amount) => ({ name: 'memory_search_results', labels: {}, amount })),
  ];
};

export const ofQueueWait = ({ durationSeconds }: EventOf<'queue_wait'>, by: string): Observation[] => [
  {
    name: 'request_queue_wait_seconds',
    labels: { service: toPlatformLabel('service', by) },
    amount: toMicroseconds(durationSeconds),
  },
];

export const ofTask = ({ taskType, status }: EventOf<'task'>): Observation[] => [
  { name: 'tasks_completed_total', labels: { task_type: toPlatformLabel('task_type', taskType), status }, amount: 1 },
];

export const ofDriftCheck = ({ model, status, durationSeconds }: EventOf<'drift_check'>): Observation[] => [
  { name: 'drift_checks_total', labels: { model: toPlatformLabel('model', model), status }, amount: 1 },
  ...told(durationSeconds, (seconds) => ({
    name: 'drift_detection_duration_seconds',
    labels: {},
    amount: toMicroseconds(seconds),
  })),
];

export const ofTrainingRun = (event: EventOf<'training_run'>): Observation[] => {
  const model = toPlatformLabel('model', event.model);
  return [
    { name: 'training_runs_total', labels: { model, status: event.status }, amount: 1 },
    ...told(event.durationSeconds, (seconds) => ({
      name: 'training_duration_seconds',
      labels: { model },
      amount: toMicroseconds(seconds),
    })),
  ];
};

export const ofVectorSearch = ({ store, durationSeconds }: EventOf<'vector_search'>): Observation[] => [
  {
    name: 'vector_search_duration_seconds',
    labels: { store: toPlatformLabel('store', store) },
    amount: toMicroseconds(durationSeconds),
  },
];

export const ofHealthCheck = ({ provider, latencySeconds }: EventOf<'health_check'>): Observation[] =>
  told(latencySeconds, (seconds) => ({
    name: 'gateway_provider_health_latency_seconds',
    labels: { provider: toPlatformLabel('provider', provider) },
    amount: toMicroseconds(seconds),
  }));
