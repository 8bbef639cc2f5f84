import * as v from 'valibot';
import { MOST_NAMES, NAME_SHAPE, NAMED_LABELS, type TelemetryNames } from './label-names';

const name = v.pipe(
  v.string('must be a text'),
  v.regex(NAME_SHAPE, 'must be 1 to 64 letters, digits, spaces and . : / _ - { } @ * +'),
);

const names = v.optional(
  v.pipe(
    v.array(name, 'must be a list of texts'),
    v.maxLength(MOST_NAMES, `must have at most ${MOST_NAMES} names: each can become a series`),
  ),
);

const entries: Record<string, typeof names> = Object.fromEntries(NAMED_LABELS.map((label) => [label, names]));

/** The names of a deployment, as its settings and one environment variable have them. */
export const telemetryNamesSchema: v.GenericSchema<TelemetryNames> = v.strictObject(entries, ({ expected }) =>
  expected === 'never' ? `is no label that can be named; there are ${NAMED_LABELS.join(', ')}` : 'must be an object',
);

const jsonText = v.pipe(
  v.string(),
  v.rawTransform<string, unknown>(({ dataset, addIssue, NEVER }) => {
    try {
      return JSON.parse(dataset.value);
    } catch {
      addIssue({ message: 'must be JSON' });
      return NEVER;
    }
  }),
);

/** The same as the JSON text of an environment variable. */
export const telemetryNamesText = v.pipe(jsonText, telemetryNamesSchema);
