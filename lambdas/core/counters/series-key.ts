import { CONFIGURED_LABELS, type LabelName } from '../telemetry/label-values';
import type { Metric } from '../telemetry/metric';
import { METRICS_BY_NAME } from '../telemetry/metrics';

/**
 * Where a number is kept: the item of its family, and the attribute in it. A family is a model, a service, or a server, a
 * queue, a host that a deployment has named, or everything that has none of them: a request touches three items, and none
 * grows towards the 400 KB that an item may have. Attributes read `<metric>|<label values>` and, for histograms,
 * `#<bucket's upper bound>` or `#sum`; the bound rather than its index, so that buckets may change.
 */
export type SeriesKey = { family: string; attribute: string };

export const SUM = 'sum';
export const INFINITE = 'inf';

const COMMON = '-';

/** The label that tells families apart: the model, else the service, else the first whose values a deployment names. */
const familyLabelOf = ({ labels }: Metric): LabelName | undefined =>
  FIRST.find((label) => labels.includes(label)) ?? labels.find((label) => CONFIGURED.has(label));

const FIRST: readonly LabelName[] = ['model', 'service'];

const CONFIGURED: ReadonlySet<string> = new Set(CONFIGURED_LABELS);

/** `part` is a bucket's bound, `INFINITE` or `SUM`; absent for counters. */
export const toSeriesKey = (
  name: string,
  labels: Readonly<Record<string, string | undefined>>,
  part?: string,
): SeriesKey => {
  const metric = METRICS_BY_NAME.get(name);
  if (metric === undefined) throw new Error(`There is no metric "${name}" in the catalogue.`);
  const familyLabel = familyLabelOf(metric);
  const values = otherLabels(metric, familyLabel).map((label) => labels[label] ?? '');
  const series = [metric.stored, ...values].join('|');
  return {
    family: familyLabel === undefined ? COMMON : `${familyLabel}#${labels[familyLabel] ?? ''}`,
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
  const familyLabel = familyLabelOf(metric);
  const labels = otherLabels(metric, familyLabel);
  const [prefix, named] = family.split('#');
  // An item without a label of its own may have any name: others than the aggregator count series of theirs, too.
  if (values.length !== labels.length || (named === undefined ? undefined : prefix) !== familyLabel) return undefined;
  const read = new Map(labels.map((label, index) => [String(label), values[index] ?? '']));
  if (familyLabel !== undefined) read.set(familyLabel, named ?? '');
  return {
    name,
    metric,
    labels: Object.fromEntries(metric.labels.map((label) => [label, read.get(label) ?? ''])),
    part,
  };
};

const BY_STORED_NAME = new Map([...METRICS_BY_NAME].map((entry) => [entry[1].stored, entry] as const));

const otherLabels = ({ labels }: Metric, familyLabel: LabelName | undefined) =>
  labels.filter((label) => label !== familyLabel);
