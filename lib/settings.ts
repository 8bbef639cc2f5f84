import * as v from 'valibot';
import { STAGES, type Stage } from './stages';

/** The retention periods that CloudWatch Logs accepts, in days. */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const whole = (minimum: number, maximum: number) =>
  v.pipe(
    v.number(),
    v.integer('must be a whole number'),
    v.minValue(minimum, `must be at least ${minimum}`),
    v.maxValue(maximum, `must be at most ${maximum}`),
  );

const entries = {
  gatewayMemoryMb: whole(128, 10_240),
  gatewayTimeoutMinutes: whole(1, 15),
  /** Environments set aside for the gateway and its upper bound; absent shares the account's. */
  reservedConcurrency: v.optional(whole(1, 100_000)),
  /** Reserving needs 10 unreserved executions to be left in the account, which a new account may lack. */
  sweeperConcurrency: v.picklist(['reserved', 'shared']),
  /** How long a key, revoked meanwhile, may still be accepted. */
  keyCacheSeconds: whole(0, 3_600),
  /** The output bound of a request that names none. */
  defaultMaxOutputTokens: whole(1, 1_000_000),
  /** Below this many output tokens a call is refused rather than clamped. */
  minOutputTokens: whole(1, 1_000_000),
  cacheTtlSeconds: whole(1, 31_536_000),
  /** The longest single attempt; the gateway's own timeout ends it earlier. */
  providerTimeoutSeconds: whole(1, 900),
  /** Absent means the Region of the stack. */
  bedrockRegion: v.optional(
    v.pipe(v.string(), v.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a Region such as us-east-1')),
  ),
  /** Absent means the geography of the Region that is called. */
  bedrockProfile: v.optional(v.picklist(['us', 'eu', 'apac', 'jp', 'au', 'ca', 'us-gov', 'global'])),
  ledgerRetentionDays: whole(1, 3_653),
  logRetentionDays: v.picklist(LOG_RETENTION_DAYS),
  accessLogRetentionDays: v.picklist(LOG_RETENTION_DAYS),
  /** Markers must outlive every possible re-drive: 24 hours of stream, then the kept failures. */
  markerRetentionDays: whole(2, 365),
  failureRetentionDays: whole(1, 365),
  throttling: v.strictObject({ ratePerSecond: whole(1, 100_000), burst: whole(1, 100_000) }),
  logLevel: v.picklist(['DEBUG', 'INFO', 'WARN', 'ERROR']),
  tracing: v.picklist(['xray', 'off']),
  /** `customer-managed` makes one key for the tables, the logs, the secret and the failures: about a dollar a month. */
  encryption: v.picklist(['aws-managed', 'customer-managed']),
  /** API Gateway writes access logs through one role per account and Region: `create` sets it, `existing` leaves it. */
  apiGatewayLogRole: v.picklist(['create', 'existing']),
  deletionProtection: v.boolean(),
  removalPolicy: v.picklist(['destroy', 'retain']),
  metricsNamespace: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._/#-]{1,255}$/, 'must be a CloudWatch namespace')),
};

const settingsSchema = v.strictObject(entries);

/** Everything that a deployment can tune. Durations and sizes carry their unit in the name. */
export type Settings = v.InferOutput<typeof settingsSchema>;

const DEFAULTS = {
  gatewayMemoryMb: 1_024,
  gatewayTimeoutMinutes: 15,
  sweeperConcurrency: 'reserved',
  keyCacheSeconds: 60,
  defaultMaxOutputTokens: 4_096,
  minOutputTokens: 16,
  cacheTtlSeconds: 3_600,
  providerTimeoutSeconds: 840,
  ledgerRetentionDays: 400,
  logRetentionDays: 90,
  accessLogRetentionDays: 30,
  markerRetentionDays: 35,
  failureRetentionDays: 30,
  logLevel: 'INFO',
  tracing: 'xray',
  encryption: 'aws-managed',
  apiGatewayLogRole: 'create',
  metricsNamespace: 'Fluxgate',
} as const satisfies Partial<Settings>;

/**
 * The settings of a stage: the defaults, then what the stage differs in, then `overrides` in order.
 * Throws an error that names every field at fault and what it accepts.
 */
export const readSettings = (stage: Stage, ...overrides: unknown[]): Settings => {
  const merged = Object.assign({}, DEFAULTS, STAGES[stage], ...overrides.map(readOverride));
  const read = v.safeParse(settingsSchema, merged);
  if (read.success) return read.output;
  throw new Error(`The settings of stage ${stage} are wrong. ${read.issues.map(toFault).join(' ')}`);
};

const readOverride = (override: unknown): object => {
  const value = typeof override === 'string' ? parseJson(override) : override;
  if (value === undefined) return {};
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new Error(`Settings must be a JSON object such as {"logLevel":"DEBUG"}, not ${JSON.stringify(override)}.`);
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`Settings must be a JSON object such as {"logLevel":"DEBUG"}, not ${text}.`, { cause });
  }
};

const toFault = (issue: v.BaseIssue<unknown>): string => {
  const field = v.getDotPath(issue) ?? 'settings';
  if (issue.type === 'strict_object') {
    return `${field} is not a setting; there are ${Object.keys(entries).join(', ')}.`;
  }
  return `${field}: ${issue.message}.`;
};
