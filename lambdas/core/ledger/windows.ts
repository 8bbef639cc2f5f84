import type { Limits } from '../keys/account';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** Minutes since the epoch: the name of a rate window. */
export const minuteOf = (now: number): number => Math.floor(now / MINUTE_MS);

/** When the rate window of `now` ends, milliseconds since the epoch. */
export const endOfMinute = (now: number): number => (minuteOf(now) + 1) * MINUTE_MS;

/** The next midnight, UTC: no budget period ends before it. Milliseconds since the epoch. */
export const endOfDay = (now: number): number => (Math.floor(now / DAY_MS) + 1) * DAY_MS;

export const secondsToNextMinute = (now: number): number => Math.max(1, Math.ceil((endOfMinute(now) - now) / 1000));

export type BudgetPeriod = NonNullable<Limits['budget']>['period'];

/** The budget period that `now` falls in, UTC: `2026-11` or `2026-11-21`. */
export const periodOf = (now: number, period: BudgetPeriod): string =>
  new Date(now).toISOString().slice(0, period === 'month' ? 7 : 10);

const lengthOf = (period: string): BudgetPeriod => (period.length === 'yyyy-mm'.length ? 'month' : 'day');

/** Whether `at` falls in `period`, a name that `periodOf` gave. */
export const isInPeriod = (at: number, period: string): boolean => periodOf(at, lengthOf(period)) === period;

/** The day on which a new budget period begins, UTC, ISO date. */
export const renewalOf = (now: number, period: BudgetPeriod): string => {
  const date = new Date(now);
  const next =
    period === 'month'
      ? Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
      : Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate() + 1);
  return new Date(next).toISOString().slice(0, 10);
};

/** The attributes of a scope's item; each window has a name of its own, so that a new window needs no reset. */
export const attributes = {
  requests: (minute: number) => `r_${minute}`,
  tokens: (minute: number) => `t_${minute}`,
  committed: (period: string) => `b_${period}`,
  hold: (holdId: string) => `h_${holdId}`,
  correction: (holdId: string) => `c_${holdId}`,
  inFlight: 'inFlight',
} as const;

const KEPT_MINUTES = 2;

const isPastMinute = (name: string, now: number): boolean => {
  const minute = /^[rt]_(\d+)$/.exec(name)?.[1];
  return minute !== undefined && Number(minute) < minuteOf(now) - KEPT_MINUTES;
};

/** A hold settles at most one period after it was taken, so the period before this one is still needed. */
const isPastPeriod = (name: string, now: number): boolean => {
  const period = /^b_(\d{4}-\d{2}(?:-\d{2})?)$/.exec(name)?.[1];
  if (period === undefined) return false;
  const length = lengthOf(period);
  const lastDay = length === 'month' ? 32 : 1;
  return period < periodOf(now - lastDay * DAY_MS, length);
};

/** The windows in `names` that nothing can count against any more. */
export const pastWindows = (names: readonly string[], now: number): string[] =>
  names.filter((name) => isPastMinute(name, now) || isPastPeriod(name, now));
