import * as v from 'valibot';
import { text, whole } from './read-env';
import { LOG_LEVELS } from './telemetry/log-levels';
import { redactionVariable } from './telemetry/redaction/redaction-schema';

/** What every function of the stack is told. The two Powertools names are read by Powertools itself as well. */
export const commonEnv = {
  /** `dev`, `prod`, ...: the stage of the stack. */
  STAGE: text,
  /** The service name on logs, metrics and traces. */
  POWERTOOLS_SERVICE_NAME: text,
  /** The CloudWatch namespace of every metric. */
  POWERTOOLS_METRICS_NAMESPACE: text,
  POWERTOOLS_LOG_LEVEL: v.picklist(LOG_LEVELS),
  /** Whether requests that went well leave a log line, or their metrics only. */
  LOG_REQUESTS: v.picklist(['true', 'false']),
  /** What is taken out of everything that leaves the process, as JSON; all of it when absent. */
  REDACTION: v.optional(redactionVariable, '{}'),
  SERVICE_VERSION: text,
  TRACING: v.picklist(['xray', 'adot', 'off']),
  /** With `adot`, a request that took longer is traced, whatever was sampled. */
  TRACE_SLOW_SECONDS: whole(1),
};

const schema = v.object(commonEnv);

export type CommonEnv = v.InferOutput<typeof schema>;
