import type { Series, SeriesByMetric } from './series';

/**
 * Guards against a stale read: a counter that falls looks like a restart, and everything before would be counted again.
 * What this environment has shown once is the least that it shows from then on.
 */
export const createNeverFalling = () => {
  const shown = new Map<string, bigint>();

  const atLeast = (key: string, value: bigint): bigint => {
    const before = shown.get(key) ?? value;
    const now = value > before ? value : before;
    shown.set(key, now);
    return now;
  };

  const guard = (name: string, series: Series): Series => {
    const key = `${name}${JSON.stringify(series.labels)}`;
    return series.kind === 'value'
      ? { ...series, value: atLeast(key, series.value) }
      : {
          ...series,
          buckets: series.buckets.map((count, index) => atLeast(`${key}#${index}`, count)),
          sum: atLeast(`${key}#sum`, series.sum),
        };
  };

  return (all: SeriesByMetric): SeriesByMetric =>
    new Map([...all].map(([name, series]) => [name, series.map((one) => guard(name, one))]));
};
