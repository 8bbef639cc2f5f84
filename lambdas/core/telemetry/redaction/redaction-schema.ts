import * as v from 'valibot';
import { faultOfPattern, MOST_PATTERNS } from './custom-patterns';
import { isKind } from './kinds';
import { DEFAULT_MARK, faultOfMark } from './mark';

const trueOrFalse = v.boolean('must be true or false');

const faultless = (faultOf: (text: string) => string | undefined) =>
  v.rawCheck<string>(({ dataset, addIssue }) => {
    const fault = dataset.typed ? faultOf(dataset.value) : undefined;
    if (fault !== undefined) addIssue({ message: fault });
  });

const customPattern = v.strictObject({
  name: v.pipe(
    v.string('must be a text'),
    v.regex(/^[a-z][a-z0-9_]{0,31}$/, 'must be a name such as customer_id'),
    v.check((name) => !isKind(name), 'is the name of a kind that is redacted anyway'),
  ),
  pattern: v.pipe(v.string('must be a text'), faultless(faultOfPattern)),
});

/** How much is redacted, and what is put in its place. */
export const redactionSchema = v.strictObject({
  /** IP addresses too. */
  ipAddresses: v.optional(trueOrFalse, false),
  /** Shows the first and last characters of e-mail addresses and phone numbers. */
  partial: v.optional(trueOrFalse, false),
  /** What stands in the place of what was redacted; `{KIND}` becomes its kind. */
  text: v.optional(v.pipe(v.string('must be a text'), faultless(faultOfMark)), DEFAULT_MARK),
  patterns: v.optional(
    v.pipe(
      v.array(customPattern, 'must be a list of patterns, each with a name and a pattern'),
      v.maxLength(MOST_PATTERNS, `must hold at most ${MOST_PATTERNS} patterns`),
      v.readonly(),
    ),
    [],
  ),
});

/** The variable that tells every function: the settings as JSON, and whether personal data are redacted at all. */
export const redactionVariable = v.pipe(
  v.string(),
  v.parseJson(undefined, 'must be JSON'),
  v.strictObject({ ...redactionSchema.entries, personalData: v.optional(trueOrFalse, true) }),
);
