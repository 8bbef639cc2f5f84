import type { RequestRecord } from '../../../lambdas/core/ledger/record';
import type { PlatformRecord } from '../../../lambdas/core/platform/record';
import type { Metric } from '../../../lambdas/core/telemetry/metric';
import { METRICS_BY_NAME } from '../../../lambdas/core/telemetry/metrics';
import { type Observed, toObservations } from './observations';
import { toReportObservations } from './reports';

export type Labels = Readonly<Record<string, string>>;

/** What tells a series from another. Bounds of buckets are written in more than one way. */
export const seriesKey = (name: string, labels: Labels): string => {
  const entries = Object.entries(labels).map(([label, value]) => [label, label === 'le' ? toBound(value) : value]);
  return `${name}${JSON.stringify(entries.sort())}`;
};

const toBound = (le: string): string => String(le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le));

/** Values by series, of counters and of the parts of histograms, under every name that they have. */
export type LedgerSeries = ReadonlyMap<string, number>;

/** Every series that records imply. */
export const toLedgerSeries = (records: readonly RequestRecord[], reports: readonly PlatformRecord[]): LedgerSeries => {
  const sums = new Map<string, number>();
  for (const [key, value] of [...records.flatMap(toObservations), ...reports.flatMap(toReportObservations)].flatMap(
    toSamples,
  )) {
    sums.set(key, (sums.get(key) ?? 0) + value);
  }
  return sums;
};

type SampleOf = readonly [key: string, value: number];

const toSamples = ({ metric, labels, value, times }: Observed): SampleOf[] => {
  const described = METRICS_BY_NAME.get(metric);
  if (described === undefined) throw new Error(`The catalogue has no ${metric}.`);
  return namesOf(metric, labels).flatMap(([name, own]) =>
    described.kind === 'histogram'
      ? partsOf(name, own, { value, times, buckets: described.buckets })
      : [[seriesKey(name, own), value * times] as const],
  );
};

/** The series that a value is part of: that of the metric itself, and those of its aliases. */
export const namesOf = (metric: string, labels: Labels): [name: string, labels: Labels][] => {
  const { sources = [] } = METRICS_BY_NAME.get(metric) ?? {};
  const aliases = sources
    .filter(({ name, where = {} }) => name !== metric && isSelected(where, labels))
    .map(({ name, labels: kept }): [string, Labels] => [name, kept === undefined ? labels : pick(labels, kept)]);
  // Two systems may share a name.
  return [[metric, labels], ...new Map(aliases)];
};

const isSelected = (where: Readonly<Record<string, readonly string[]>>, labels: Labels): boolean =>
  Object.entries(where).every(([label, values]) => values.includes(labels[label] ?? ''));

const pick = (labels: Labels, kept: readonly string[]): Labels =>
  Object.fromEntries(Object.entries(labels).filter(([label]) => kept.includes(label)));

type Observation = Pick<Observed, 'value' | 'times'> & Pick<Extract<Metric, { kind: 'histogram' }>, 'buckets'>;

const partsOf = (name: string, labels: Labels, { value, times, buckets }: Observation): SampleOf[] => [
  ...[...buckets, Number.POSITIVE_INFINITY].map(
    (le): SampleOf => [seriesKey(`${name}_bucket`, { ...labels, le: String(le) }), value <= le ? times : 0],
  ),
  [seriesKey(`${name}_sum`, labels), value * times],
  [seriesKey(`${name}_count`, labels), times],
];
