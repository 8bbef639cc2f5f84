import * as v from 'valibot';
import type { JsonObject } from '../../core/chat/call';
import { unsupported } from './faults';

export const text = v.string('must be a string');
export const flag = v.boolean('must be true or false');

/** Text with a length, in UTF-16 units. */
export const textBetween = (minimum: number, maximum: number) =>
  v.pipe(
    text,
    v.minLength(minimum, 'must not be empty'),
    v.maxLength(maximum, `must have at most ${maximum} characters`),
  );

export const wholeFrom = (minimum: number) =>
  v.pipe(
    v.number('must be a number'),
    v.safeInteger('must be a whole number'),
    v.minValue(minimum, `must be at least ${minimum}`),
  );

export const numberBetween = (minimum: number, maximum: number) =>
  v.pipe(
    v.number('must be a number'),
    v.minValue(minimum, `must be at least ${minimum}`),
    v.maxValue(maximum, `must be at most ${maximum}`),
  );

/** An array whose length is checked before its items are looked at. */
export const listOf = <const Item extends v.GenericSchema>(
  item: Item,
  { from = 0, to }: { from?: number; to: number },
) =>
  v.pipe(
    v.array(v.unknown(), 'must be an array'),
    v.minLength(from, 'must not be empty'),
    v.maxLength(to, `must have at most ${to} entries`),
    v.array(item),
  );

const isJsonObject = (input: unknown): input is JsonObject =>
  typeof input === 'object' && input !== null && !Array.isArray(input);

/** Any JSON object, passed on as it is. */
export const jsonObject = v.custom<JsonObject>(isJsonObject, 'must be an object');

/** A field that is read by name and then left aside; the table of ignored fields says why. */
export const ignored = v.optional(v.unknown());

/** A field that may only be absent or `null`. */
export const onlyNull = (advice: string) => v.optional(v.null(unsupported(advice)));

/** A field that may only be absent, `null` or `false`. */
export const onlyFalse = (advice: string) => v.nullish(v.literal(false, unsupported(advice)));
