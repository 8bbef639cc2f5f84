import { closedValuesOf } from '../telemetry/label-values';
import type { Metric } from '../telemetry/metric';
import { METRIC_FAMILIES, METRICS_BY_NAME } from '../telemetry/metrics';
import { emptySeries, type SeriesByMetric } from './series';

/** A metric that would fill more lines than this is not listed before it happens. */
const MOST_SAMPLES = 150;

const { Requests, HTTP, 'Tokens and money': usage, 'Cache and routing': routing } = METRIC_FAMILIES;

/** What this gateway counts itself: nobody knows whether the services around it ever report. */
const FORESEEN = new Set(
  [Requests, HTTP, METRIC_FAMILIES['Providers and models'], usage, routing].flatMap((family) => Object.keys(family)),
);

/**
 * Adds the series that are known before anything happens, at 0, so that the first event shows as an increase. These are
 * the counters and histograms whose labels have few combinations, histograms fewer still; `other` and `none` are not foreseen.
 */
export const withKnownSeries = (series: SeriesByMetric): SeriesByMetric => {
  const all = [...METRICS_BY_NAME].map(([name, metric]) => {
    const counted = series.get(name) ?? [];
    const present = new Set(counted.map(({ labels }) => JSON.stringify(labels)));
    const missing = (FORESEEN.has(name) ? combinationsOf(metric) : []).filter(
      (labels) => !present.has(JSON.stringify(labels)),
    );
    return [name, [...counted, ...missing.map((labels) => emptySeries(metric, labels))]] as const;
  });
  return new Map(all);
};

const combinationsOf = (metric: Metric): Record<string, string>[] => {
  if (metric.kind === 'gauge') return [];
  const sets = metric.labels.map((label) => ({
    label,
    values: (closedValuesOf(label) ?? []).filter((value) => value !== 'none'),
  }));
  const count = sets.reduce((product, { values }) => product * values.length, 1);
  if (count * samplesOf(metric) > MOST_SAMPLES) return [];
  return sets.reduce<Record<string, string>[]>(
    (combinations, { label, values }) =>
      combinations.flatMap((labels) => values.map((value) => ({ ...labels, [label]: value }))),
    [{}],
  );
};

const samplesOf = (metric: Metric): number => (metric.kind === 'histogram' ? metric.buckets.length + 3 : 1);
