import * as v from 'valibot';
import { text } from './read-env';

/** What every function of the stack is told. The two Powertools names are read by Powertools itself as well. */
export const commonEnv = {
  /** `dev`, `prod`, ...: the stage of the stack. */
  STAGE: text,
  /** The service name on logs, metrics and traces. */
  POWERTOOLS_SERVICE_NAME: text,
  /** The CloudWatch namespace of every metric. */
  POWERTOOLS_METRICS_NAMESPACE: text,
  POWERTOOLS_LOG_LEVEL: v.picklist(['DEBUG', 'INFO', 'WARN', 'ERROR']),
  SERVICE_VERSION: text,
  TRACING: v.picklist(['xray', 'off']),
};
