import type { Points } from './points';

/** What every series has to show, by time. */
export type Book = {
  /** The value of a series at one of its samples. Throws where nobody can know it. */
  valueAt(series: Points, time: number | undefined): number;
  /** Whether what is shown at a time is known. */
  isKnown(time: number): boolean;
};

/** A span of time, in seconds since the epoch, and the values that series have throughout. A series that is missing is at 0. */
export type Page = { from: number; to: number; values: ReadonlyMap<string, number> };

/**
 * A book of spans in which nothing changed. In between values are changing and unknown, but for one: a series begins
 * at 0, so that its first event shows as an increase.
 */
export const createBook = (pages: readonly Page[]): Book => {
  const pageAt = (time: number) => pages.find(({ from, to }) => from <= time && time <= to);
  return {
    isKnown: (time) => pageAt(time) !== undefined,
    valueAt: ({ key, times }, time) => {
      if (time === undefined || time === times[0]) return time === undefined ? 0 : (pageAt(time)?.values.get(key) ?? 0);
      const page = pageAt(time);
      if (page === undefined) throw new Error(`Nobody knows what ${key} was at ${time}: the load was running.`);
      return page.values.get(key) ?? 0;
    },
  };
};
