import type { Observation } from '../metrics';

/** The observation, when there is something to observe. */
export const when = (condition: boolean, observation: () => Observation): Observation[] =>
  condition ? [observation()] : [];

/** Microseconds; a clock that ran backwards counts as no time. */
export const toMicroseconds = (milliseconds: number): number => Math.max(0, Math.round(milliseconds * 1000));
