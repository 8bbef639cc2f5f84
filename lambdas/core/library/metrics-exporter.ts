import type { EventType, GivenEvent } from '../platform/event';
import type { OutsideCounter } from '../platform/events/states';
import type { METRICS, MetricName, ReadingName } from '../telemetry/metrics';
import { DRIFT_THRESHOLDS, toDriftStatus } from './drift-status';
import { createReporter, type Flushed, type ReporterOptions } from './reporter';

/** The fields of a type of event: what has a default may be left out. Durations are in seconds, money in US dollars. */
export type FieldsOf<Type extends EventType> = Omit<Extract<GivenEvent, { type: Type }>, 'type'>;

type LabelsOf<N extends MetricName> = Readonly<Record<(typeof METRICS)[N]['labels'][number], string>>;

/** The value of a gauge of the catalogue that somebody has to read, with exactly its labels. */
export type GaugeValue = {
  [N in ReadingName]: { metric: N; labels: LabelsOf<N>; value: number; instance?: string; at?: number };
}[ReadingName];

/** What a counter that is kept outside has gone up by since it was last told. */
export type CounterIncrease = {
  [N in OutsideCounter]: { metric: N; labels: LabelsOf<N>; amount: number };
}[OutsideCounter];

/** What a GPU shows; what is not known is left out. */
export type GpuState = {
  gpuId: string;
  utilizationPercent?: number;
  memoryUsedBytes?: number;
  memoryTotalBytes?: number;
  temperatureCelsius?: number;
};

/** The recorders of one service. None of them throws or waits; nothing leaves the process before `flush`. */
export type MetricsExporter = ReturnType<typeof createMetricsExporter>;

/**
 * Records what a service does, as the same events that `POST /v1/telemetry` takes. Safe under concurrent use: calls only
 * append, and what they append to is handed over whole.
 */
export const createMetricsExporter = (options: ReporterOptions) => {
  const { record, flush } = createReporter(options);
  const gauge = (value: GaugeValue): void => record({ type: 'reading', ...value });

  return {
    /** An HTTP request that the service answered; `endpoint` is the template of the route. */
    recordHttpRequest: (fields: FieldsOf<'http_request'>): void => record({ type: 'http_request', ...fields }),
    /** A call of a model without the gateway: requests, tokens, cost, cache and routing, each counted once. */
    recordRequest: (fields: FieldsOf<'gateway_request'>): void => record({ type: 'gateway_request', ...fields }),
    /** One call of a provider within such a request. */
    recordProviderCall: (fields: FieldsOf<'provider_call'>): void => record({ type: 'provider_call', ...fields }),
    /** A failure that no `recordRequest` tells of. */
    recordError: (fields: FieldsOf<'request_error'>): void => record({ type: 'request_error', ...fields }),
    recordCacheHit: (fields: Omit<FieldsOf<'cache_lookup'>, 'result'>): void =>
      record({ type: 'cache_lookup', result: 'hit', ...fields }),
    recordCacheMiss: (fields: Omit<FieldsOf<'cache_lookup'>, 'result' | 'savingsUsd'>): void =>
      record({ type: 'cache_lookup', result: 'miss', ...fields }),
    /** What hits saved, where `recordCacheHit` did not tell. */
    recordCacheSavings: (fields: FieldsOf<'cache_savings'>): void => record({ type: 'cache_savings', ...fields }),
    recordRouting: (fields: FieldsOf<'routing_decision'>): void => record({ type: 'routing_decision', ...fields }),
    recordInference: (fields: FieldsOf<'inference'>): void => record({ type: 'inference', ...fields }),
    recordMcpOperation: (fields: FieldsOf<'mcp_operation'>): void => record({ type: 'mcp_operation', ...fields }),
    recordMemoryOperation: (fields: FieldsOf<'memory_operation'>): void =>
      record({ type: 'memory_operation', ...fields }),
    recordQueueWait: (fields: FieldsOf<'queue_wait'>): void => record({ type: 'queue_wait', ...fields }),
    /** A background task that has ended, as a success or a failure. */
    recordTask: (fields: FieldsOf<'task'>): void => record({ type: 'task', ...fields }),
    recordTrainingRun: (fields: FieldsOf<'training_run'>): void => record({ type: 'training_run', ...fields }),
    recordVectorSearch: (fields: FieldsOf<'vector_search'>): void => record({ type: 'vector_search', ...fields }),
    recordHealthCheck: (fields: FieldsOf<'health_check'>): void => record({ type: 'health_check', ...fields }),
    /** Sets the score and counts the check. A status that is not given follows from the score and the threshold. */
    updateDriftScore: ({ status, ...fields }: UpdatedDrift): void =>
      record({ type: 'drift_check', ...fields, status: status ?? toDriftStatus(fields.score, thresholdsOf(fields)) }),
    /** What a session may use of memory and uses; the session becomes no label. */
    updateBudget: (fields: FieldsOf<'memory_budget'>): void => record({ type: 'memory_budget', ...fields }),
    recordGpu: (state: GpuState): void => {
      for (const value of gaugesOf(state)) gauge(value);
    },
    /** Work that waits in the service's queue now. */
    setQueueDepth: (value: number): void =>
      gauge({ metric: 'request_queue_depth', labels: { service: options.service }, value }),
    setGauge: gauge,
    increaseCounter: (increase: CounterIncrease): void => record({ type: 'increase', ...increase }),
    /** Sends what was recorded. Call it before the invocation ends: Lambda freezes what runs on. Never rejects. */
    flush: (): Promise<Flushed> => flush(),
  };
};

type UpdatedDrift = Omit<FieldsOf<'drift_check'>, 'status'> & Partial<Pick<FieldsOf<'drift_check'>, 'status'>>;

const thresholdsOf = ({ threshold }: { threshold?: number | undefined }) => ({
  ...DRIFT_THRESHOLDS,
  ...(threshold === undefined ? {} : { warning: threshold }),
});

const gaugesOf = ({ gpuId: gpu_id, ...state }: GpuState): GaugeValue[] => {
  const values: [metric: GpuGauge, value: number | undefined][] = [
    ['gpu_utilization_percent', state.utilizationPercent],
    ['gpu_memory_used_bytes', state.memoryUsedBytes],
    ['gpu_memory_total_bytes', state.memoryTotalBytes],
    ['gpu_temperature_celsius', state.temperatureCelsius],
  ];
  return values.flatMap(([metric, value]) => (value === undefined ? [] : [{ metric, labels: { gpu_id }, value }]));
};

type GpuGauge = Extract<ReadingName, `gpu_${string}`>;
