import { type Metric, toAmount } from '../telemetry/metric';
import type { Counters } from './counter-store';
import { INFINITE, type ReadSeries, readSeriesKey, SUM } from './series-key';

/** One series of a counter or gauge: an integer amount of its unit. */
export type ValueSeries = { kind: 'value'; labels: Readonly<Record<string, string>>; value: bigint };

/** One series of a histogram: observations per bucket (the last is +Inf, none includes another), and their sum. */
export type HistogramSeries = {
  kind: 'histogram';
  labels: Readonly<Record<string, string>>;
  buckets: readonly bigint[];
  sum: bigint;
};

export type Series = ValueSeries | HistogramSeries;

/** Series by the name of their metric. */
export type SeriesByMetric = ReadonlyMap<string, readonly Series[]>;

/** Reads counters back into series. What the catalogue no longer has is left out. */
export const toSeries = (counters: Counters): SeriesByMetric => {
  const drafts = new Map<string, Map<string, Draft>>();
  for (const [family, attributes] of counters) {
    for (const [attribute, amount] of attributes) {
      const read = readSeriesKey({ family, attribute });
      if (read !== undefined) addTo(drafts, read, amount);
    }
  }
  return new Map([...drafts].map(([name, series]) => [name, [...series.values()].map(({ toSeries: done }) => done())]));
};

/** The series of a metric that nothing has been counted in. */
export const emptySeries = (metric: Metric, labels: Readonly<Record<string, string>>): Series =>
  createDraft(metric, labels).toSeries();

type Draft = { add: (part: string | undefined, amount: bigint) => void; toSeries: () => Series };

const addTo = (drafts: Map<string, Map<string, Draft>>, { name, metric, labels, part }: ReadSeries, amount: bigint) => {
  const ofMetric = drafts.get(name) ?? new Map<string, Draft>();
  drafts.set(name, ofMetric);
  const key = JSON.stringify(labels);
  const draft = ofMetric.get(key) ?? createDraft(metric, labels);
  ofMetric.set(key, draft);
  draft.add(part, amount);
};

const createDraft = (metric: Metric, labels: Readonly<Record<string, string>>): Draft =>
  metric.kind === 'histogram' ? histogramDraft(metric, labels) : valueDraft(labels);

const valueDraft = (labels: Readonly<Record<string, string>>): Draft => {
  let value = 0n;
  return {
    add: (_, amount) => {
      value += amount;
    },
    toSeries: () => ({ kind: 'value', labels, value }),
  };
};

const histogramDraft = (metric: Metric & { kind: 'histogram' }, labels: Readonly<Record<string, string>>): Draft => {
  const buckets = Array.from({ length: metric.buckets.length + 1 }, () => 0n);
  let sum = 0n;
  return {
    add: (part, amount) => {
      if (part === SUM) sum += amount;
      else {
        const index = bucketOf(metric, part);
        buckets[index] = (buckets[index] ?? 0n) + amount;
      }
    },
    toSeries: () => ({ kind: 'histogram', labels, buckets, sum }),
  };
};

/** A bound that the catalogue no longer has counts in the next one up: its observations are known to be that small. */
const bucketOf = (metric: Metric & { kind: 'histogram' }, part: string | undefined): number => {
  if (part === undefined || part === INFINITE) return metric.buckets.length;
  const bound = toAmount(metric.unit, Number(part));
  const index = metric.buckets.findIndex((upper) => toAmount(metric.unit, upper) >= bound);
  return index === -1 ? metric.buckets.length : index;
};
