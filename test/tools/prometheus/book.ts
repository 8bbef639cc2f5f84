import type { Points } from './points';

/** What every series has to show, by time. */
export type Book = {
  /** The value of a series at one of its samples. Throws where nobody can know it. */
  valueAt(series: Pick<Points, 'key'>, time: number | undefined): number;
  /** Whether what was sampled at a time is still shown at a later one. */
  isShown(time: number, at: number): boolean;
};

/** A span of time, in seconds since the epoch, and the values that series have throughout. A series that is missing is at 0. */
export type Page = { from: number; to: number; values: ReadonlyMap<string, number> };

/** A book of spans in which nothing changed; nothing is sampled in between. A scrape that fails ends every series. */
export const createBook = (pages: readonly Page[], failedScrapes: readonly number[]): Book => ({
  isShown: (time, at) => !failedScrapes.some((failed) => time < failed && failed <= at),
  valueAt: ({ key }, time) => {
    if (time === undefined) return 0;
    const page = pages.find(({ from, to }) => from <= time && time <= to);
    if (page === undefined) throw new Error(`${key} was sampled at ${time}, while values were changing.`);
    return page.values.get(key) ?? 0;
  },
});
