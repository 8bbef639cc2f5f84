import * as v from 'valibot';
import { SCOPES } from '../core/keys/account';
import { MAX_BUDGET_NANO_USD } from '../core/keys/budget';
import { KEY_SHAPE, parseKey } from '../core/keys/key-format';

const positive = (most: number) =>
  v.pipe(
    v.number('must be a number'),
    v.integer('must be a whole number'),
    v.minValue(1, 'must be at least 1'),
    v.maxValue(most, `must be at most ${most}`),
  );

/** Names an account in the tables and in records, so it holds nothing that needs escaping anywhere. */
export const account = v.pipe(
  v.string('must be a string'),
  v.regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    'must be 1 to 64 letters, digits, dots, dashes and underscores, and start with a letter or digit',
  ),
);

export const keyId = v.pipe(
  v.string('must be a string'),
  v.regex(/^[A-Za-z0-9]{1,32}$/, 'must be the id of a key: what stands between fg_ and the second underscore'),
);

export const name = v.pipe(v.string('must be a string'), v.trim(), v.maxLength(100, 'must be at most 100 characters'));

export const scopes = v.pipe(
  v.array(v.picklist(SCOPES, `must be one of ${SCOPES.join(', ')}`), 'must be a list'),
  v.minLength(1, 'must name at least one scope'),
);

export const cache = v.boolean('must be true or false');

/** A whole key that somebody chose; the management function makes better ones. */
export const givenKey = v.pipe(
  v.string('must be a string'),
  v.check((text) => parseKey(text) !== undefined, `must read ${KEY_SHAPE}`),
);

const requestsPerMinute = positive(1_000_000);
const tokensPerMinute = positive(1_000_000_000);
const budget = v.strictObject(
  {
    nanoUsd: positive(MAX_BUDGET_NANO_USD),
    period: v.picklist(['day', 'month'], 'must be day or month'),
  },
  'must be an object of nanoUsd and period',
);

/** The limits of something new. */
export const newLimits = {
  rpm: v.optional(requestsPerMinute),
  tpm: v.optional(tokensPerMinute),
  budget: v.optional(budget),
};

/** A change of limits: null removes one; `none` removes all that are not set in the same call. */
export const changedLimits = {
  rpm: v.optional(v.nullable(requestsPerMinute)),
  tpm: v.optional(v.nullable(tokensPerMinute)),
  budget: v.optional(v.nullable(budget)),
  none: v.optional(v.boolean('must be true or false')),
};
