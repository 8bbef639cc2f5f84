import * as v from 'valibot';
import { ERROR_TYPES } from '../telemetry/error-types';
import { LABEL_VALUES } from '../telemetry/label-values';

/** Values that a series could be made of are cut off long before they cost anything: nobody's names are longer. */
const LONGEST_NAME = 256;
const MOST_COUNT = 10_000;

const number = (what: string, most: number) => {
  const message = `must be ${what}, from 0 to ${most}`;
  return v.pipe(v.number(message), v.finite(message), v.minValue(0, message), v.maxValue(most, message));
};

const whole = (what: string, least: number, most: number) => {
  const message = `must be ${what}, a whole number from ${least} to ${most}`;
  return v.pipe(v.number(message), v.integer(message), v.minValue(least, message), v.maxValue(most, message));
};

const oneOf = <const Words extends readonly string[]>(words: Words) =>
  v.picklist(words, `must be one of ${words.join(', ')}`);

/** Any text: whether it may become a label's value is for the guard to say. */
export const name = v.pipe(
  v.string(`must be a text of 1 to ${LONGEST_NAME} characters`),
  v.minLength(1, 'must not be empty'),
  v.maxLength(LONGEST_NAME, `must be at most ${LONGEST_NAME} characters`),
);

/** A year at most: a longer time is a mistaken unit. */
export const seconds = number('a number of seconds', 31_536_000);
export const usd = number('US dollars', 1_000_000);
export const tokens = whole('a number of tokens', 0, 1_000_000_000);
export const items = whole('a number of things', 0, 1_000_000_000);
export const bytes = whole('a number of bytes', 0, 1e15);
export const score = number('a score', 1_000_000);
export const trueOrFalse = v.boolean('must be true or false');
export const httpStatus = whole('an HTTP status', 100, 599);

/** How work of a service ended. */
export const STATUSES = ['success', 'error', 'rate_limited', 'timeout'] as const;
export const status = oneOf(STATUSES);
export const taskStatus = oneOf(['success', 'failure']);
export const driftStatus = oneOf(['ok', 'warning', 'critical']);
export const cacheType = oneOf(LABEL_VALUES.cache_type);
export const strategy = oneOf(LABEL_VALUES.strategy);
export const reason = oneOf(LABEL_VALUES.reason);
export const errorType = oneOf(ERROR_TYPES);

/** What every event may carry. */
export const EVERY_EVENT = {
  /** Alike events that this one stands for. */
  count: v.optional(whole('a number of alike events', 1, MOST_COUNT), 1),
  /** When it happened, milliseconds since the epoch; when it was received unless said. */
  at: v.optional(whole('milliseconds since the epoch', 0, 8.64e15)),
};
