import type { HistogramSeries, Series } from '../counters/series';
import type { ExposedFamily } from '../telemetry/aliases';
import { toBoundLabel } from '../telemetry/bound-label';
import { fromAmount, type Metric } from '../telemetry/metric';
import type { MetricMetadata, TimeSeries } from './time-series';

/** The value of one series of Prometheus at some moment. */
export type Point = {
  labels: TimeSeries['labels'];
  value: number;
  /** Whether it only ever grows: counters and the parts of histograms. */
  grows: boolean;
};

/** Every series as Prometheus has it; a histogram becomes its buckets, sum and count. */
export const toPoints = (families: readonly ExposedFamily[]): readonly Point[] =>
  families.flatMap(({ name, metric, series }) => series.flatMap((one) => toPointsOfOne(name, metric, one)));

/** What is said of each family. */
export const toMetadata = (families: readonly ExposedFamily[]): readonly MetricMetadata[] =>
  families.map(({ name, help, metric: { kind } }) => ({ name, kind, help }));

const toPointsOfOne = (name: string, metric: Metric, series: Series): readonly Point[] => {
  if (series.kind === 'histogram') return toPointsOfHistogram(name, metric, series);
  const value = toValue(metric, series.value);
  return [{ labels: toLabels(name, series.labels), value, grows: metric.kind !== 'gauge' }];
};

const toPointsOfHistogram = (name: string, metric: Metric, { labels, buckets, sum }: HistogramSeries): Point[] => {
  const bounds = metric.kind === 'histogram' ? [...metric.buckets.map(toBoundLabel), '+Inf'] : [];
  let below = 0n;
  const points = bounds.map((le, index): Point => {
    below += buckets[index] ?? 0n;
    return { labels: toLabels(`${name}_bucket`, { ...labels, le }), value: Number(below), grows: true };
  });
  return [
    ...points,
    { labels: toLabels(`${name}_sum`, labels), value: toValue(metric, sum), grows: true },
    { labels: toLabels(`${name}_count`, labels), value: Number(below), grows: true },
  ];
};

const toValue = ({ unit }: Metric, amount: bigint): number => fromAmount(unit, Number(amount));

/** An empty label is no label to Prometheus. */
const toLabels = (name: string, labels: Readonly<Record<string, string>>): TimeSeries['labels'] =>
  [['__name__', name] as const, ...Object.entries(labels)]
    .filter(([, value]) => value !== '')
    .sort(([left], [right]) => (left < right ? -1 : 1));
