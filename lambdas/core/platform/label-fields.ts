import type { LabelName } from '../telemetry/label-values';
import type { EventOf, EventType } from './event';

const TARGET = { provider: 'provider', model: 'model', region: 'region' } as const;

/** The fields of each event that become labels' values, with the label. Readings and increases name their labels themselves. */
export const LABEL_FIELDS: { readonly [T in EventType]: Readonly<Partial<Record<keyof EventOf<T>, LabelName>>> } = {
  http_request: { method: 'method', endpoint: 'endpoint' },
  gateway_request: { ...TARGET, endpoint: 'endpoint' },
  provider_call: TARGET,
  request_error: TARGET,
  routing_decision: { model: 'model' },
  cache_lookup: { model: 'model' },
  cache_savings: { model: 'model' },
  inference: { model: 'model' },
  mcp_operation: { server: 'server', operation: 'operation' },
  memory_operation: { operation: 'operation' },
  queue_wait: {},
  task: { taskType: 'task_type' },
  drift_check: { model: 'model' },
  training_run: { model: 'model' },
  vector_search: { store: 'store' },
  health_check: { provider: 'provider' },
  memory_budget: {},
  reading: {},
  increase: {},
};
