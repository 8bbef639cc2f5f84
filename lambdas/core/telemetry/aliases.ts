import type { HistogramSeries, Series, SeriesByMetric, ValueSeries } from '../counters/series';
import type { Metric, SourceName } from './metric';
import { METRICS_BY_NAME } from './metrics';

/** A name under which another system knows a metric, with the labels that it has there. */
export type Alias = {
  name: string;
  /** The metric's own name. */
  of: string;
  metric: Metric;
  systems: readonly string[];
  labels: readonly string[];
  where: readonly (readonly [label: string, values: readonly string[] | undefined])[];
};

/** Series under one name: those of a metric, or of an alias of it. */
export type ExposedFamily = {
  name: string;
  help: string;
  /** Kind, unit and buckets, which an alias shares with its metric. */
  metric: Metric;
  series: readonly Series[];
};

const aliasesOf = (of: string, metric: Metric): Alias[] => {
  const byName = new Map<string, SourceName[]>();
  for (const source of metric.sources ?? []) {
    if (source.name !== of) byName.set(source.name, [...(byName.get(source.name) ?? []), source]);
  }
  return [...byName].map(([name, sources]) => ({
    name,
    of,
    metric,
    systems: sources.map(({ system }) => system),
    labels: sources[0]?.labels ?? metric.labels,
    where: Object.entries(sources[0]?.where ?? {}),
  }));
};

/** Every alias of the catalogue, in its order. */
export const ALIASES: readonly Alias[] = [...METRICS_BY_NAME].flatMap(([name, metric]) => aliasesOf(name, metric));

const ALIASES_OF = new Map([...METRICS_BY_NAME].map(([name, metric]) => [name, aliasesOf(name, metric)] as const));

/** The families that have series, in the order of the catalogue. */
export const toFamilies = (all: SeriesByMetric): ExposedFamily[] =>
  [...METRICS_BY_NAME].flatMap(([name, metric]) => {
    const series = all.get(name) ?? [];
    return series.length === 0 ? [] : [{ name, help: metric.help, metric, series }];
  });

/** The same, each followed by its aliases. */
export const withAliases = (all: SeriesByMetric): ExposedFamily[] =>
  toFamilies(all).flatMap((family) => [
    family,
    ...(ALIASES_OF.get(family.name) ?? []).flatMap((alias) => toAliasFamily(alias, family.series)),
  ]);

const toAliasFamily = (alias: Alias, all: readonly Series[]): ExposedFamily[] => {
  const series = toAliasSeries(alias, all);
  const help = `What ${alias.systems.join(' and ')} calls ${alias.of}: ${alias.metric.help}`;
  return series.length === 0 ? [] : [{ name: alias.name, help, metric: alias.metric, series }];
};

/**
 * The series of an alias: those that it is made of, with its labels only. Where several fall together they are added up;
 * of gauges that are shares or degrees, which have no sum, the highest stays.
 */
export const toAliasSeries = ({ metric, labels, where }: Alias, all: readonly Series[]): Series[] => {
  const merge = isShare(metric) ? highestOf : sumOf;
  const merged = new Map<string, Series>();
  for (const series of all) {
    if (!where.every(([label, values]) => values?.includes(series.labels[label] ?? '') ?? true)) continue;
    const key = labels.map((label) => series.labels[label]).join('\n');
    const before = merged.get(key);
    merged.set(key, before === undefined ? withLabels(labels, series) : merge(before, series));
  }
  return [...merged.values()];
};

const isShare = ({ kind, unit }: Metric): boolean =>
  kind === 'gauge' && (unit === 'ratio' || unit === 'percent' || unit === 'celsius');

const withLabels = (labels: readonly string[], series: Series): Series => ({
  ...series,
  labels: Object.fromEntries(labels.map((label) => [label, series.labels[label] ?? ''])),
});

const sumOf = (one: Series, other: Series): Series => {
  if (one.kind === 'value' && other.kind === 'value') return { ...one, value: one.value + other.value };
  if (one.kind === 'histogram' && other.kind === 'histogram') return sumOfHistograms(one, other);
  throw unlike(one, other);
};

const sumOfHistograms = (one: HistogramSeries, other: HistogramSeries): HistogramSeries => ({
  ...one,
  buckets: one.buckets.map((count, index) => count + (other.buckets[index] ?? 0n)),
  sum: one.sum + other.sum,
});

const highestOf = (one: Series, other: Series): ValueSeries => {
  if (one.kind !== 'value' || other.kind !== 'value') throw unlike(one, other);
  return other.value > one.value ? { ...one, value: other.value } : one;
};

const unlike = (one: Series, other: Series): Error =>
  new Error(`Series of one metric are alike, not ${one.kind} and ${other.kind}.`);
