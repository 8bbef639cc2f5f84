import type { LabelName, LabelValue } from './label-values';
import type { Metric, MetricTable } from './metric';
import { ATTEMPT_METRICS } from './metrics/attempts';
import { CACHE_AND_ROUTING_METRICS } from './metrics/cache-and-routing';
import { HOST_METRICS } from './metrics/hosts';
import { HTTP_METRICS } from './metrics/http';
import { PLATFORM_STATE_METRICS } from './metrics/platform-state';
import { PLATFORM_WORK_METRICS } from './metrics/platform-work';
import { REQUEST_METRICS } from './metrics/requests';
import { TELEMETRY_METRICS } from './metrics/telemetry';
import { USAGE_METRICS } from './metrics/usage';

/** The catalogue by family, in the order in which it is read. */
export const METRIC_FAMILIES = {
  Requests: REQUEST_METRICS,
  HTTP: HTTP_METRICS,
  'Providers and models': ATTEMPT_METRICS,
  'Tokens and money': USAGE_METRICS,
  'Cache and routing': CACHE_AND_ROUTING_METRICS,
  'Work of the services around the gateway': PLATFORM_WORK_METRICS,
  'State of services, queues and databases': PLATFORM_STATE_METRICS,
  'Containers, hosts and collectors': HOST_METRICS,
  'The telemetry itself': TELEMETRY_METRICS,
} as const satisfies Record<string, MetricTable>;

/** Every metric there is. Emitters, the exposition, dashboards, alarms, docs and tests read it; a name is written once. */
export const METRICS = {
  ...REQUEST_METRICS,
  ...HTTP_METRICS,
  ...ATTEMPT_METRICS,
  ...USAGE_METRICS,
  ...CACHE_AND_ROUTING_METRICS,
  ...PLATFORM_WORK_METRICS,
  ...PLATFORM_STATE_METRICS,
  ...HOST_METRICS,
  ...TELEMETRY_METRICS,
};

/** The same by name, for those who read every metric alike. */
export const METRICS_BY_NAME: ReadonlyMap<string, Metric> = new Map<string, Metric>(Object.entries(METRICS));

export type MetricName = keyof typeof METRICS;

type NamesOf<Shape> = { [N in MetricName]: (typeof METRICS)[N] extends Shape ? N : never }[MetricName];

/** Metrics that are sums over records. Gauges are read off, not measured. */
export type MeasuredName = NamesOf<{ kind: 'counter' | 'histogram' }>;
export type CounterName = NamesOf<{ kind: 'counter' }>;
export type GaugeName = NamesOf<{ kind: 'gauge' }>;
/** Gauges that somebody reports, and those that are worked out when they are shown. */
export type ReadingName = NamesOf<{ kind: 'gauge'; origin: 'reading' }>;
export type DerivedName = NamesOf<{ kind: 'gauge'; origin: 'derived' }>;

type LabelOf<N extends MetricName> = (typeof METRICS)[N]['labels'][number];

/** Exactly the labels of a metric, each with a value that it may have. An object with one label more is refused wherever it comes from. */
export type LabelsOf<N extends MetricName> = Readonly<
  { [L in LabelOf<N>]: LabelValue<L> } & { [L in Exclude<LabelName, LabelOf<N>>]?: never }
>;

/** What one request adds to one series. `amount` is an integer, see `UNITS`. */
export type Observation = {
  [N in MeasuredName]: { name: N; labels: LabelsOf<N>; amount: number };
}[MeasuredName];

/** An observation, and how many requests it stands for: a counter grows by `amount * times`, a histogram gets `amount` so many times. */
export type Measurement = Observation & { times: number };
