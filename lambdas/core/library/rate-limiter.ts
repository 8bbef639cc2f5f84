import { parseRateLimit, type RateLimit } from './rate-limit';

/** Where requests are counted: one count per key and window. */
export type WindowStore = {
  /**
   * Counts one more request of `key` in `window`, unless `limit` have been counted. Answers with the count after it, or
   * undefined when it was refused.
   */
  take(key: string, window: number, limit: number): Promise<number | undefined>;
};

/** Whether a request may go on, and what is left of its window. */
export type Verdict = {
  allowed: boolean;
  limit: number;
  remaining: number;
  /** Whole seconds until the window ends, at least 1. */
  resetSeconds: number;
};

export type RateLimiterOptions = {
  store: WindowStore;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/** Limits how often something may be done, by a key of the caller's choice. */
export type RateLimiter = {
  /** Asks for one more request under a limit. Rejects when the store does. */
  check(key: string, limit: RateLimit): Promise<Verdict>;
  /** The same for a limit in words, such as `100/minute`; the text is read at once and throws at once. */
  createCustomLimit(text: string): (key: string) => Promise<Verdict>;
};

/** Windows are fixed and begin with the epoch, so that all processes agree on them without talking. */
export const createRateLimiter = ({ store, now }: RateLimiterOptions): RateLimiter => {
  const check = async (key: string, { requests, windowSeconds }: RateLimit): Promise<Verdict> => {
    const seconds = now() / 1_000;
    const window = Math.floor(seconds / windowSeconds);
    const taken = await store.take(`${key}#${windowSeconds}`, window, requests);
    return {
      allowed: taken !== undefined,
      limit: requests,
      remaining: requests - (taken ?? requests),
      resetSeconds: Math.max(1, Math.ceil((window + 1) * windowSeconds - seconds)),
    };
  };

  return {
    check,
    createCustomLimit: (text) => {
      const limit = parseRateLimit(text);
      return (key) => check(key, limit);
    },
  };
};
