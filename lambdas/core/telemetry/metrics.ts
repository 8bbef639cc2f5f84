import type { Metric } from './metric';
import { ATTEMPT_METRICS } from './metrics/attempts';
import { CACHE_AND_ROUTING_METRICS } from './metrics/cache-and-routing';
import { REQUEST_METRICS } from './metrics/requests';
import { USAGE_METRICS } from './metrics/usage';

/** Every metric there is. Emitters, the exposition, dashboards, alarms, docs and tests read it; a name is written once. */
export const METRICS = {
  ...REQUEST_METRICS,
  ...ATTEMPT_METRICS,
  ...USAGE_METRICS,
  ...CACHE_AND_ROUTING_METRICS,
};

/** The same by name, for those who read every metric alike. */
export const METRICS_BY_NAME: ReadonlyMap<string, Metric> = new Map<string, Metric>(Object.entries(METRICS));

export type MetricName = keyof typeof METRICS;

type NamesOf<Kind> = { [N in MetricName]: (typeof METRICS)[N]['kind'] extends Kind ? N : never }[MetricName];

/** Metrics that are sums over records. Gauges are read off, not measured. */
export type MeasuredName = NamesOf<'counter' | 'histogram'>;
export type GaugeName = NamesOf<'gauge'>;

type LabelOf<N extends MetricName> = (typeof METRICS)[N]['labels'][number];

/** Exactly the labels of a metric. */
export type LabelsOf<N extends MetricName> = [LabelOf<N>] extends [never]
  ? Readonly<Record<string, never>>
  : Readonly<Record<LabelOf<N>, string>>;

/** What one request adds to one series. `amount` is an integer, see `UNITS`. */
export type Observation = {
  [N in MeasuredName]: { name: N; labels: LabelsOf<N>; amount: number };
}[MeasuredName];

/** An observation, and how many requests it stands for: a counter grows by `amount * times`, a histogram gets `amount` so many times. */
export type Measurement = Observation & { times: number };
