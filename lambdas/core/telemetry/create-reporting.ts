import type { CommonEnv } from '../common-env';
import { NO_REQUEST } from './invocation-context';
import { createLog } from './log';
import type { LogFields } from './log-schema';
import type { Log, ReportRequest } from './ports';
import { createReportRequest } from './report-request';

type ProcessEnv = Readonly<Record<string, string | undefined>>;

export type ReportingOptions = {
  env: CommonEnv;
  /** The function that reports. */
  name: string;
  /** The live environment, which Lambda changes with every invocation. */
  processEnv: ProcessEnv;
};

export type Reporting = { log: Log; report: ReportRequest };

/** Log and terminal lines, for a function that settles requests: all of its telemetry when it traces none. */
export const createReporting = ({ env, name, processEnv }: ReportingOptions): Reporting => {
  const service = env.POWERTOOLS_SERVICE_NAME;
  const level = env.POWERTOOLS_LOG_LEVEL;
  const log = createLog({ service, name, level });
  const report = createReportRequest({
    namespace: env.POWERTOOLS_METRICS_NAMESPACE,
    service,
    name,
    level,
    logRequests: env.LOG_REQUESTS === 'true',
    write: (line) => process.stdout.write(`${line}\n`),
    onFirst: () => log.event('environment_started', NO_REQUEST, toEnvironmentFields(env, processEnv)),
    log,
    now: Date.now,
  });
  return { log, report };
};

/** What is the same for every line of an environment is said once: one log stream is one environment. */
const toEnvironmentFields = (env: CommonEnv, processEnv: ProcessEnv): LogFields => ({
  function_name: processEnv.AWS_LAMBDA_FUNCTION_NAME,
  function_version: processEnv.AWS_LAMBDA_FUNCTION_VERSION,
  memory_mb: Number(processEnv.AWS_LAMBDA_FUNCTION_MEMORY_SIZE) || undefined,
  region: processEnv.AWS_REGION,
  stage: env.STAGE,
  version: env.SERVICE_VERSION,
});
