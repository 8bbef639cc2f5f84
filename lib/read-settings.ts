import * as v from 'valibot';
import { type Settings, settingsSchema } from './settings';
import { SettingsError } from './settings-error';
import { STAGES, type Stage } from './stages';

const MOST_NAMES_CHARACTERS = 2_400;
const MOST_REDACTION_CHARACTERS = 800;

/** What one field demands of another, or the deployment of all. */
const RULES: { broken(settings: Settings, stage: Stage): boolean; fault: string }[] = [
  {
    broken: ({ minOutputTokens, defaultMaxOutputTokens }) => minOutputTokens > defaultMaxOutputTokens,
    fault: 'minOutputTokens must not exceed defaultMaxOutputTokens.',
  },
  {
    broken: ({ providerTimeoutSeconds, gatewayTimeoutMinutes }) => providerTimeoutSeconds >= gatewayTimeoutMinutes * 60,
    fault: 'providerTimeoutSeconds must be less than gatewayTimeoutMinutes, so that a timeout can still be answered.',
  },
  {
    broken: ({ markerRetentionDays, failureRetentionDays }) => markerRetentionDays <= failureRetentionDays + 1,
    fault: 'markerRetentionDays must exceed failureRetentionDays by more than a day, or a record could count twice.',
  },
  {
    broken: ({ telemetryNames }) => JSON.stringify(telemetryNames).length > MOST_NAMES_CHARACTERS,
    fault: `telemetryNames must have at most ${MOST_NAMES_CHARACTERS} characters of JSON: Lambda takes 4 KB of environment.`,
  },
  {
    broken: ({ redaction }) => JSON.stringify(redaction).length > MOST_REDACTION_CHARACTERS,
    fault: `redaction must have at most ${MOST_REDACTION_CHARACTERS} characters of JSON: Lambda takes 4 KB of environment.`,
  },
  {
    broken: ({ sanitizeLogs }, stage) => !sanitizeLogs && stage === 'prod',
    fault: 'sanitizeLogs must be true in prod: personal data must not be logged there. Use another stage to see them.',
  },
];

/**
 * The settings of a stage: its own, then each override (a JSON object, or the text of one) over what came before.
 * Throws a `SettingsError` that names every field at fault and what it accepts.
 */
export const readSettings = (stage: Stage, ...overrides: unknown[]): Settings => {
  const read = v.safeParse(settingsSchema, Object.assign({}, STAGES[stage], ...overrides.map(readOverride)));
  const faults = read.success
    ? RULES.filter(({ broken }) => broken(read.output, stage)).map(({ fault }) => fault)
    : read.issues.map(toFault);
  if (read.success && faults.length === 0) return read.output;
  throw new SettingsError(`The settings of stage ${stage} are wrong. ${faults.join(' ')}`);
};

const objectSchema = v.custom<Record<string, unknown>>(
  (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
);

const readOverride = (override: unknown): Record<string, unknown> => {
  if (override === undefined) return {};
  const read = v.safeParse(objectSchema, typeof override === 'string' ? parseJson(override) : override);
  if (read.success) return read.output;
  throw notAnObject(override);
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notAnObject(text, cause);
  }
};

const notAnObject = (value: unknown, cause?: unknown): SettingsError =>
  new SettingsError(`Settings are a JSON object such as {"logLevel":"DEBUG"}, not ${JSON.stringify(value)}.`, {
    cause,
  });

const toFault = (issue: v.BaseIssue<unknown>): string => {
  const field = v.getDotPath(issue) ?? 'settings';
  if (issue.type !== 'strict_object') return `${field} ${issue.message}.`;
  if (issue.expected === 'never' && !field.includes('.')) {
    return `${field} is not a setting. There are ${Object.keys(settingsSchema.entries).join(', ')}.`;
  }
  return issue.expected === 'never' ? `${field} ${issue.message}.` : `${field} is missing or not an object.`;
};
