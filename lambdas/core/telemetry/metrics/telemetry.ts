import type { MetricTable } from '../metric';
import { FLUSH_SECONDS } from './buckets';

/** How the telemetry itself is doing. */
export const TELEMETRY_METRICS = {
  telemetry_label_overflow_total: {
    kind: 'counter',
    unit: 'count',
    help: 'Observations whose label had a value that is not in its set, and was counted as "other".',
    labels: ['metric', 'label'],
    stored: 'lo',
  },
  telemetry_flush_duration_seconds: {
    kind: 'histogram',
    unit: 'seconds',
    help: 'Time to write the log line and metrics and to send the trace of a request, after its last byte.',
    labels: [],
    buckets: FLUSH_SECONDS,
    stored: 'fl',
  },
  telemetry_aggregator_lag_seconds: {
    kind: 'gauge',
    origin: 'reading',
    combine: 'max',
    unit: 'seconds',
    help: 'Age of the oldest record of a batch when it was counted, the highest of the last five minutes.',
    labels: [],
    stored: 'ag',
  },
  telemetry_series: {
    kind: 'gauge',
    origin: 'derived',
    unit: 'count',
    help: 'Series that are exposed, aliases left out.',
    labels: [],
    stored: 'ne',
  },
} as const satisfies MetricTable;
