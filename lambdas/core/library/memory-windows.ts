import type { WindowStore } from './rate-limiter';

/** Keys that are remembered; the one unused for longest goes first. */
const MOST_KEYS = 10_000;

/** Counts in the memory of this process: for one process, or as a guard of each. */
export const createMemoryWindows = (): WindowStore => {
  const counts = new Map<string, { window: number; taken: number }>();
  return {
    take: async (key, window, limit) => {
      const found = counts.get(key);
      const before = found?.window === window ? found.taken : 0;
      counts.delete(key);
      counts.set(key, { window, taken: Math.min(before + 1, limit) });
      const [oldest] = counts.keys();
      if (counts.size > MOST_KEYS && oldest !== undefined) counts.delete(oldest);
      return before < limit ? before + 1 : undefined;
    },
  };
};
