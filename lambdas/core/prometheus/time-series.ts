/** What ends a series: nothing is shown of it from this sample on, until it comes back. */
export const STALE = 'stale';

export type Sample = {
  value: number | typeof STALE;
  /** Milliseconds since the epoch. */
  timestampMs: number;
};

/** One series: every label once, `__name__` among them, in the order of their names, none empty. */
export type TimeSeries = {
  labels: readonly (readonly [name: string, value: string])[];
  /** The oldest first. */
  samples: readonly Sample[];
};

/** What is said of all series of one name. */
export type MetricMetadata = { name: string; kind: 'counter' | 'gauge' | 'histogram'; help: string };

/** What one remote write says. */
export type WriteRequest = { series: readonly TimeSeries[]; metadata: readonly MetricMetadata[] };
