import { UsageError } from '../usage-error';

const UNITS_MS: Readonly<Record<string, number>> = { m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads a time span such as 30m, 6h or 2d, in milliseconds. */
export const readSince = (text: string): number => {
  const [, count, unit = ''] = /^([1-9]\d{0,4})([mhd])$/.exec(text) ?? [];
  const unitMs = UNITS_MS[unit];
  if (unitMs === undefined)
    throw new UsageError(`must be minutes, hours or days, such as 30m, 6h or 2d, not "${text}"`);
  return Number(count) * unitMs;
};
