import * as v from 'valibot';
import { MODELS } from '../lambdas/core/models/catalogue';
import { telemetryNamesSchema } from '../lambdas/core/platform/telemetry-names';
import { LOG_LEVELS } from '../lambdas/core/telemetry/log-levels';
import { redactionSchema } from '../lambdas/core/telemetry/redaction/redaction-schema';

/** The retention periods that CloudWatch Logs accepts. */
const LOG_RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const whole = (minimum: number, maximum: number) => {
  const message = `must be a whole number from ${minimum} to ${maximum}`;
  return v.pipe(v.number(message), v.integer(message), v.minValue(minimum, message), v.maxValue(maximum, message));
};

const share = () => {
  const message = 'must be a number from 0 to 1';
  return v.pipe(v.number(message), v.minValue(0, message), v.maxValue(1, message));
};

const oneOf = <const Choices extends readonly (string | number)[]>(choices: Choices) =>
  v.picklist(choices, `must be one of ${choices.join(', ')}`);

const trueOrFalse = v.boolean('must be true or false');

/** Everything that a deployment can tune. */
export const settingsSchema = v.strictObject({
  gatewayMemoryMb: whole(128, 10_240),
  gatewayTimeoutMinutes: whole(1, 15),
  /** Environments set aside for the gateway, and its upper bound; absent shares the account's. */
  reservedConcurrency: v.optional(whole(1, 100_000)),
  /** A reservation must leave the account 10 executions, which a new account may not have. */
  sweeperConcurrency: oneOf(['reserved', 'shared']),
  /** As `sweeperConcurrency`: one run at a time keeps the samples of a series in order. */
  remoteWriterConcurrency: oneOf(['reserved', 'shared']),
  /** How long a key, revoked meanwhile, may still be accepted. */
  keyCacheSeconds: whole(0, 3_600),
  /** The output bound of a request that names none. */
  defaultMaxOutputTokens: whole(1, 1_000_000),
  /** Below this many output tokens a call is refused rather than clamped. */
  minOutputTokens: whole(1, 1_000_000),
  cacheTtlSeconds: whole(1, 31_536_000),
  /** The longest single attempt; the gateway's own timeout may end it earlier. */
  providerTimeoutSeconds: whole(1, 900),
  /** Absent means the Region of the stack. */
  bedrockRegion: v.optional(
    v.pipe(v.string(), v.regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'must be a Region such as us-east-1')),
  ),
  /** Absent means the geography nearest to the Region that is called. */
  bedrockProfile: v.optional(oneOf(['us', 'eu', 'apac', 'jp', 'au', 'ca', 'us-gov', 'global'])),
  ledgerRetentionDays: whole(1, 3_653),
  logRetentionDays: oneOf(LOG_RETENTION_DAYS),
  accessLogRetentionDays: oneOf(LOG_RETENTION_DAYS),
  /** Of functions that only tell of the machinery itself. */
  debugLogRetentionDays: oneOf(LOG_RETENTION_DAYS),
  /** `s3` keeps application and access logs in a bucket beyond that, by day. */
  logArchive: oneOf(['off', 's3']),
  logArchiveRetentionDays: whole(31, 36_500),
  /** `managed` makes a workspace of Amazon Managed Prometheus and writes the counters to it. */
  prometheus: oneOf(['managed', 'off']),
  /** How long the workspace keeps samples. */
  metricRetentionDays: whole(1, 1_095),
  /** Aliases are the names of other systems for the same series: each series of theirs costs as one of ours does. */
  remoteWrite: v.strictObject({ intervalSeconds: oneOf([15, 60]), aliases: trueOrFalse }),
  /** How long a record that the aggregator could not fold is kept, and fed again. */
  failureRetentionDays: whole(1, 365),
  /** Markers outlive every possible re-drive of a record, or it would count twice. */
  markerRetentionDays: whole(2, 730),
  /** How old the numbers of /metrics may be; within it, one environment reads the counters once. */
  metricsCacheSeconds: whole(0, 300),
  throttling: v.strictObject({ ratePerSecond: whole(1, 100_000), burst: whole(1, 100_000) }),
  /** Log lines below it are not written; metrics are. */
  logLevel: oneOf(LOG_LEVELS),
  /** A line for every request that went well; without it, only its metrics. */
  logRequests: trueOrFalse,
  /** Takes personal data out of logs, traces and records. Keys, tokens and passwords are taken out in any case. */
  sanitizeLogs: trueOrFalse,
  redaction: redactionSchema,
  tracing: oneOf(['xray', 'adot', 'off']),
  /** What X-Ray decides at the head of a trace: the first of every second, and a share of the others. */
  traceSampling: v.strictObject({ perSecond: whole(0, 10_000), share: share() }),
  /** With `adot`, a request that took longer is kept, whatever was sampled. */
  traceSlowSeconds: whole(1, 900),
  /** Models whose traces have a saved search of their own. */
  traceGroupModels: v.array(oneOf(MODELS.map(({ id }) => id))),
  /** Absent means the layer that AWS publishes for the Region. */
  adotLayerArn: v.optional(
    v.pipe(
      v.string(),
      v.regex(
        /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:layer:[A-Za-z0-9_-]+:\d+$/,
        'must be the ARN of a version of a layer',
      ),
    ),
  ),
  /** `customer-managed` makes one key for tables, logs, secret and failures: about a dollar a month. */
  encryption: oneOf(['aws-managed', 'customer-managed']),
  /** API Gateway writes access logs through one role per account and Region: `create` sets it, `existing` leaves it. */
  apiGatewayLogRole: oneOf(['create', 'existing']),
  deletionProtection: trueOrFalse,
  removalPolicy: oneOf(['destroy', 'retain']),
  metricsNamespace: v.pipe(v.string(), v.regex(/^[A-Za-z0-9._/#-]{1,255}$/, 'must be a CloudWatch namespace')),
  /** Values that labels of reported telemetry may have, by label; others become `other`. */
  telemetryNames: telemetryNamesSchema,
});

export type Settings = v.InferOutput<typeof settingsSchema>;
