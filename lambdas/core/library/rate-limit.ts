/** So many requests in each window of so many seconds. */
export type RateLimit = { requests: number; windowSeconds: number };

const UNITS = { second: 1, minute: 60, hour: 3_600, day: 86_400 } as const;
const SHAPE = /^([1-9]\d{0,8})\s*(?:\/|\s+per\s+)\s*(?:([1-9]\d{0,4})\s*)?(second|minute|hour|day)s?$/i;

const isUnit = (text: string): text is keyof typeof UNITS => Object.hasOwn(UNITS, text);

/** Reads `100/minute`, `5 per second` or `1000/2 hours`. Throws when the text is none of these. */
export const parseRateLimit = (text: string): RateLimit => {
  const [, requests = '', windows = '1', unit = ''] = SHAPE.exec(text.trim()) ?? [];
  const name = unit.toLowerCase();
  if (!isUnit(name)) {
    throw new RangeError(
      `A rate limit reads like "100/minute", "5 per second" or "1000/2 hours", not ${JSON.stringify(text)}.`,
    );
  }
  return { requests: Number(requests), windowSeconds: Number(windows) * UNITS[name] };
};
