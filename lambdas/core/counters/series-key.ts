import type { Metric } from '../telemetry/metric';
import { METRICS_BY_NAME } from '../telemetry/metrics';

/**
 * Where a number is kept: the item of its family, and the attribute in it. A family is a model, or everything that has
 * none, so that a request touches two items. Attributes read `<metric>|<label values>` and, for histograms,
 * `#<bucket's upper bound>` or `#sum`; the bound rather than its index, so that buckets may change.
 */
export type SeriesKey = { family: string; attribute: string };

export const SUM = 'sum';
export const INFINITE = 'inf';

const NO_MODEL = '-';
const MODEL_PREFIX = 'model#';

/** `part` is a bucket's bound, `INFINITE` or `SUM`; absent for counters. */
export const toSeriesKey = (name: string, labels: Readonly<Record<string, string>>, part?: string): SeriesKey => {
  const metric = METRICS_BY_NAME.get(name);
  if (metric === undefined) throw new Error(`There is no metric "${name}" in the catalogue.`);
  const values = otherLabels(metric).map((label) => labels[label] ?? '');
  const series = [metric.stored, ...values].join('|');
  return {
    family: metric.labels.includes('model') ? `${MODEL_PREFIX}${labels.model}` : NO_MODEL,
    attribute: part === undefined ? series : `${series}#${part}`,
  };
};

/** A number's place, read back. */
export type ReadSeries = { name: string; metric: Metric; labels: Record<string, string>; part: string | undefined };

/** Undefined for what the catalogue no longer has. */
export const readSeriesKey = ({ family, attribute }: SeriesKey): ReadSeries | undefined => {
  const [series = '', part] = attribute.split('#');
  const [stored = '', ...values] = series.split('|');
  const found = BY_STORED_NAME.get(stored);
  if (found === undefined) return undefined;
  const [name, metric] = found;
  const labels = otherLabels(metric);
  if (values.length !== labels.length || metric.labels.includes('model') !== family.startsWith(MODEL_PREFIX))
    return undefined;
  const read = new Map(labels.map((label, index) => [String(label), values[index] ?? '']));
  read.set('model', family.slice(MODEL_PREFIX.length));
  return {
    name,
    metric,
    labels: Object.fromEntries(metric.labels.map((label) => [label, read.get(label) ?? ''])),
    part,
  };
};

const BY_STORED_NAME = new Map([...METRICS_BY_NAME].map((entry) => [entry[1].stored, entry] as const));

const otherLabels = ({ labels }: Metric) => labels.filter((label) => label !== 'model');
