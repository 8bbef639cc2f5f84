/**
 * Copies of every counter item. Concurrent transactions on one item cancel each other, so each takes a lane of its own
 * by chance; a reader adds all of them up.
 */
export const LANES = 8;

export const lanePk = (lane: number): string => `lane#${lane}`;

export const randomLane = (random: () => number): number => Math.floor(random() * LANES);

/** Any lane but `lane`. */
export const anotherLane = (lane: number, random: () => number): number =>
  (lane + 1 + Math.floor(random() * (LANES - 1))) % LANES;
