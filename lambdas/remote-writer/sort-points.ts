import { createHash } from 'node:crypto';
import type { TimeSeries } from '../core/prometheus/time-series';
import type { Point } from '../core/prometheus/to-points';

export type Newcomer = { hash: string; labels: TimeSeries['labels'] };

export type SortedPoints = {
  /** Growing series that nobody has written yet, and that have counted already: that shows as an increase only after a 0. */
  unannounced: readonly Newcomer[];
  /** Those that stand at 0: their first value is a beginning in itself. */
  beginning: readonly Newcomer[];
  /** The gauges, each as the JSON text of its labels. */
  gauges: readonly string[];
};

/** Tells new series from those that have been written. */
export const sortPoints = (points: readonly Point[], known: ReadonlySet<string>): SortedPoints => {
  const newcomers = points
    .filter(({ grows }) => grows)
    .map((point) => ({ ...point, hash: toHash(point.labels) }))
    .filter(({ hash }) => !known.has(hash));
  return {
    unannounced: newcomers.filter(({ value }) => value !== 0),
    beginning: newcomers.filter(({ value }) => value === 0),
    gauges: points.filter(({ grows }) => !grows).map(({ labels }) => JSON.stringify(labels)),
  };
};

/** 64 bits, as hexadecimal digits: that any two of a million series are taken for one has a chance of one in 37 million. */
const toHash = (labels: TimeSeries['labels']): string =>
  createHash('sha256').update(labels.flat().join('\0')).digest('hex').slice(0, 16);
