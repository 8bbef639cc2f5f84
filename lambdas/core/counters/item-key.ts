import { lanePk } from './lanes';

/** The key of one item of the counters table. */
export type ItemKey = { pk: string; sk: string };

/**
 * Families that are read one by one: totals by account, spend by month and hour, the last minutes. Their lanes stand
 * side by side; those of the series stand with all series of the lane, which are always read together.
 */
const READ_ALONE = /^(totals$|account#|spend#|minute#)/;

/** The lane of a family as an item. */
export const itemKeyOf = (family: string, lane: number): ItemKey =>
  READ_ALONE.test(family) ? { pk: family, sk: lanePk(lane) } : { pk: lanePk(lane), sk: family };

const HOUR_SECONDS = 3_600;

/** How long families are kept that only the present needs, in seconds; others stay. */
const KEPT_SECONDS: readonly (readonly [family: RegExp, seconds: number])[] = [
  [/^minute#/, HOUR_SECONDS],
  [/^spend#.{13}$/, 72 * HOUR_SECONDS],
];

export const keptSecondsOf = (family: string): number | undefined =>
  KEPT_SECONDS.find(([pattern]) => pattern.test(family))?.[1];
