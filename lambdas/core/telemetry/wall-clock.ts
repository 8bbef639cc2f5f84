/** How far the clock of the process may be off: it stands still while Lambda freezes the process. */
const MOST_MS = 5;

/** Milliseconds since the epoch, in parts of a millisecond: most steps of a request are shorter than one. */
export const createWallClock = (
  wall: () => number = Date.now,
  steady: () => number = () => performance.now(),
): (() => number) => {
  let offset = wall() - steady();
  return () => {
    const now = wall();
    const fine = offset + steady();
    if (Math.abs(fine - now) <= MOST_MS) return fine;
    offset = now - steady();
    return now;
  };
};
