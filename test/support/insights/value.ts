import { InsightsError } from './query';

/** A value as Logs Insights has it: booleans are 1 and 0, a time is a text, what a line lacks is null. */
export type Value = string | number | null;

export const toValue = (flag: boolean): 1 | 0 => (flag ? 1 : 0);

/** A time as results show it. */
export const toTime = (milliseconds: number): string =>
  new Date(milliseconds).toISOString().replace('T', ' ').replace('Z', '');

export const readTime = (value: Value): number => {
  const milliseconds = typeof value === 'string' ? Date.parse(`${value.replace(' ', 'T')}Z`) : Number.NaN;
  if (Number.isNaN(milliseconds)) throw new InsightsError(`${value} is no time.`);
  return milliseconds;
};

export const asNumber = (value: Value, of: string): number | null => {
  if (typeof value !== 'string') return value;
  throw new InsightsError(`${of} takes numbers, not the text ${JSON.stringify(value)}.`);
};

export const asText = (value: Value, of: string): string | null => {
  if (typeof value !== 'number') return value;
  throw new InsightsError(`${of} takes texts, not the number ${value}.`);
};
