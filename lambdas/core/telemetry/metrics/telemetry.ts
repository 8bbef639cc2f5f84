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
    origin: 'derived',
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
  telemetry_remote_write_samples_total: {
    kind: 'counter',
    unit: 'count',
    help: 'Samples that Managed Prometheus has taken.',
    labels: [],
    stored: 'wt',
  },
  telemetry_remote_write_failures_total: {
    kind: 'counter',
    unit: 'count',
    help: 'Samples that Managed Prometheus has not taken, each sent as often as may be.',
    labels: ['reason'],
    stored: 'wf',
  },
  telemetry_remote_write_last_success_timestamp_seconds: {
    kind: 'gauge',
    origin: 'derived',
    unit: 'seconds',
    help: 'The time of the newest samples that Managed Prometheus has taken whole, in seconds since the epoch.',
    labels: [],
    stored: 'wl',
  },
} as const satisfies MetricTable;
