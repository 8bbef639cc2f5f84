import { setTimeout as sleep } from 'node:timers/promises';
import type { Directives } from './directives';

/** How fast answers come. Milliseconds; `tokensPerSecond` wins over `eventMs` when it is set. */
export type Pace = { firstEventMs: number; eventMs: number; tokensPerSecond: number | undefined };

/** Fast, but visibly a stream. */
export const DEFAULT_PACE: Pace = { firstEventMs: 20, eventMs: 3, tokensPerSecond: undefined };

/** The pace of one request: its own markers over the simulator's setting. */
export const paceOf = (pace: Pace, directives: Directives): Pace => ({
  firstEventMs: directives.firstEventMs ?? pace.firstEventMs,
  eventMs: directives.eventMs ?? pace.eventMs,
  tokensPerSecond: directives.tokensPerSecond ?? (directives.eventMs === undefined ? pace.tokensPerSecond : undefined),
});

/** The wait before event `index`, which carries so many tokens. */
export const waitBefore = (pace: Pace, index: number, tokens: number): number => {
  if (index === 0) return pace.firstEventMs;
  return pace.tokensPerSecond ? (tokens * 1000) / pace.tokensPerSecond : pace.eventMs;
};

/** Waits; false when the signal ended the wait. A wait of 0 does not yield. */
export const pause = async (milliseconds: number, signal: AbortSignal): Promise<boolean> => {
  if (signal.aborted || milliseconds <= 0) return !signal.aborted;
  return sleep(milliseconds, true, { signal }).catch(() => false);
};
