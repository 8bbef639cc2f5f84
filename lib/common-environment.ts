import type { commonEnv } from '../lambdas/core/common-env';
import { version } from '../package.json';
import type { Settings } from './settings';
import type { Stage } from './stages';

/** The name of the service on logs, metrics and traces. */
export const SERVICE = 'fluxgate';

/** What every function is told. */
export const commonEnvironment = (stage: Stage, settings: Settings) =>
  ({
    STAGE: stage,
    POWERTOOLS_SERVICE_NAME: SERVICE,
    POWERTOOLS_METRICS_NAMESPACE: settings.metricsNamespace,
    POWERTOOLS_LOG_LEVEL: settings.logLevel,
    LOG_REQUESTS: settings.logRequests ? 'true' : 'false',
    REDACTION: JSON.stringify({ ...settings.redaction, personalData: settings.sanitizeLogs }),
    SERVICE_VERSION: version,
    TRACING: settings.tracing,
    TRACE_SLOW_SECONDS: String(settings.traceSlowSeconds),
  }) satisfies Record<keyof typeof commonEnv, string>;
