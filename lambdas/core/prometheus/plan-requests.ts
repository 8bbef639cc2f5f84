import type { MetricMetadata, TimeSeries, WriteRequest } from './time-series';

/**
 * What one request holds at most. Amazon Managed Prometheus takes bursts of a million samples and does not say how large
 * a body may be; this is what Prometheus itself sends at once, and some 300 KB before compression.
 */
const MOST_SERIES = 2_000;

/** Cuts what is to be written into requests; every series is whole in one of them. The metadata goes with the first. */
export const planRequests = (
  series: readonly TimeSeries[],
  metadata: readonly MetricMetadata[] = [],
): readonly WriteRequest[] =>
  Array.from({ length: Math.ceil(series.length / MOST_SERIES) }, (_, index) => ({
    series: series.slice(index * MOST_SERIES, (index + 1) * MOST_SERIES),
    metadata: index === 0 ? metadata : [],
  }));
