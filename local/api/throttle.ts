import type { Throttle } from './rest-api';

/** Takes one request's token; false when the bucket is empty. */
export type Take = () => boolean;

/** The token bucket of a stage: `burst` tokens at first, refilled at `ratePerSecond`. No settings, no limit. */
export const createThrottle = (throttle: Throttle | undefined, nowMs: () => number): Take => {
  if (throttle === undefined) return () => true;
  let tokens = throttle.burst;
  let refilledAt = nowMs();
  return () => {
    const now = nowMs();
    tokens = Math.min(throttle.burst, tokens + ((now - refilledAt) / 1000) * throttle.ratePerSecond);
    refilledAt = now;
    if (tokens < 1) return false;
    tokens -= 1;
    return true;
  };
};
