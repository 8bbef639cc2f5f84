import type { Answer, Line } from './answer';
import type { Book } from './book';
import { increaseOf } from './extrapolate';
import type { Labels } from './ledger-series';
import type { Points } from './points';
import { type Bucket, quantileOf } from './quantile';

/** Which series of a metric, and by which labels they are added up: by none of them unless said. */
export type Question = { where?: Readonly<Record<string, readonly string[]>>; by?: readonly string[] };

/** What is true at a moment, from the values that the book implies at the times of the samples. */
export type Truth = {
  /** Seconds since the epoch. */
  at: number;
  /** The sums of the last values. */
  now(name: string, question?: Question): Answer;
  /** The sums of the increases within a window of so many seconds. */
  increase(name: string, seconds: number, question?: Question): Answer;
  /** The same per second. */
  rate(name: string, seconds: number, question?: Question): Answer;
  /** A quantile of what a histogram observed within a window of so many seconds. */
  quantile(quantile: number, histogram: string, seconds: number, question?: Question): Answer;
  /** A truth of the same book at another time. */
  before(seconds: number): Truth;
};

export type TruthOptions = {
  points: readonly Points[];
  book: Book;
  at: number;
  /** Whether a window leaves out a sample at its very beginning, as Prometheus does from version 3 on. */
  opensLeft: boolean;
};

/** A value is shown for so long after its sample. */
const LOOKBACK_SECONDS = 300;

export const createTruth = (options: TruthOptions): Truth => {
  const { points, book, at, opensLeft } = options;
  const named = new Map<string, Points[]>();
  for (const one of points) named.set(one.name, [...(named.get(one.name) ?? []), one]);

  const timesIn = ({ times }: Points, seconds: number): number[] =>
    times.filter((time) => time <= at && (opensLeft ? time > at - seconds : time >= at - seconds));

  const grown = (series: Points, seconds: number): number | undefined => {
    const times = timesIn(series, seconds);
    const first = book.valueAt(series, times[0]);
    const last = book.valueAt(series, times.at(-1));
    return increaseOf(
      { times: times.map(toMilliseconds), first, last },
      { endsAt: toMilliseconds(at), length: seconds * 1_000 },
    );
  };

  const summed = (
    name: string,
    { where = {}, by = [] }: Question,
    value: (one: Points) => number | undefined,
  ): Answer => {
    const sums = new Map<string, { labels: Labels; sum: number }>();
    for (const one of (named.get(name) ?? []).filter(({ labels }) => isSelected(where, labels))) {
      const amount = value(one);
      if (amount === undefined) continue;
      const labels = Object.fromEntries(Object.entries(one.labels).filter(([label]) => by.includes(label)));
      const key = JSON.stringify(Object.entries(labels).sort());
      sums.set(key, { labels, sum: (sums.get(key)?.sum ?? 0) + amount });
    }
    return [...sums.values()].map(({ labels, sum }) => ({ labels, values: [sum] }));
  };

  const increase: Truth['increase'] = (name, seconds, question = {}) =>
    summed(name, question, (series) => grown(series, seconds));

  return {
    at,
    increase,
    rate: (name, seconds, question = {}) =>
      summed(name, question, (series) => perSecond(grown(series, seconds), seconds)),
    now: (name, question = {}) =>
      summed(name, question, (series) => {
        const last = timesIn(series, LOOKBACK_SECONDS).at(-1);
        return last === undefined || !book.isShown(last, at) ? undefined : book.valueAt(series, last);
      }),
    quantile: (quantile, histogram, seconds, { where, by = [] } = {}) =>
      toQuantiles(quantile, increase(`${histogram}_bucket`, seconds, { where, by: [...by, 'le'] })),
    before: (seconds) => createTruth({ ...options, at: at - seconds }),
  };
};

/** Seconds since the epoch are too large for what is left of their fractions. */
const toMilliseconds = (seconds: number): number => Math.round(seconds * 1_000);

const perSecond = (increase: number | undefined, seconds: number): number | undefined =>
  increase === undefined ? undefined : increase / seconds;

const isSelected = (where: Readonly<Record<string, readonly string[]>>, labels: Labels): boolean =>
  Object.entries(where).every(([label, values]) => values.includes(labels[label] ?? ''));

const toQuantiles = (quantile: number, lines: readonly Line[]): Answer => {
  const histograms = new Map<string, { labels: Labels; buckets: Bucket[] }>();
  for (const { labels, values } of lines) {
    const { le = '', ...others } = labels;
    const key = JSON.stringify(Object.entries(others).sort());
    const own = histograms.get(key) ?? { labels: others, buckets: [] };
    own.buckets.push({ le: le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le), below: values[0] ?? 0 });
    histograms.set(key, own);
  }
  return [...histograms.values()].map(({ labels, buckets }) => ({
    labels,
    values: quantileOf(
      quantile,
      buckets.sort((left, right) => left.le - right.le),
    ),
  }));
};
