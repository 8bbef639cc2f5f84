import { createMemoryWindows } from './memory-windows';
import { createRateLimiter, type RateLimiter } from './rate-limiter';

let limiter: RateLimiter | undefined;

/** The limiter of this process, the same one every time; it counts in memory. For one count over all processes see `createRateLimiter`. */
export const getRateLimiter = (): RateLimiter => {
  limiter ??= createRateLimiter({ store: createMemoryWindows(), now: Date.now });
  return limiter;
};
