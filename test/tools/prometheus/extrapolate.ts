/** What a counter showed within a window; it never fell. Times are whole milliseconds, ascending. */
export type Shown = {
  times: readonly number[];
  /** Its values at the first and the last of these times. */
  first: number;
  last: number;
};

/** When a window ends and how long it is, in whole milliseconds. */
export type Window = { endsAt: number; length: number };

/** Samples that are further from an end of the window than this many of their mean distances do not reach to it. */
const REACH = 1.1;

/**
 * What `increase` says of a counter, after its documentation: the growth between the first and the last sample, as it
 * would go on to the ends of the window; but never to a time when the counter would have been below 0, and by half
 * the distance between two samples where an end is too far from them. Undefined with less than two samples.
 *
 * It reckons in seconds and in the order of Prometheus 2.42: where a time is just as long as another, its rounding decides.
 */
export const increaseOf = ({ times, first, last }: Shown, { endsAt, length }: Window): number | undefined => {
  const [from] = times;
  const to = times.at(-1);
  if (from === undefined || to === undefined || times.length < 2) return undefined;
  const growth = last - first;
  const sampled = toSeconds(to - from);
  const distance = sampled / (times.length - 1);
  const toZero = growth > 0 && first >= 0 ? sampled * (first / growth) : Number.POSITIVE_INFINITY;
  const before = reach(Math.min(toSeconds(from - (endsAt - length)), toZero), distance);
  const after = reach(toSeconds(endsAt - to), distance);
  return growth * ((sampled + before + after) / sampled);
};

const toSeconds = (milliseconds: number): number => milliseconds / 1_000;

const reach = (gap: number, distance: number): number => (gap < distance * REACH ? gap : distance / 2);
