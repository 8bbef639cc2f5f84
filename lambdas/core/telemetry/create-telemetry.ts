import type { CommonEnv } from '../common-env';
import { createFlushClock } from './environment-facts';
import { NO_REQUEST } from './invocation-context';
import { createLog } from './log';
import type { LogFields } from './log-schema';
import type { Log, ReportRequest, StartTrace } from './ports';
import { createReportRequest } from './report-request';
import { createStartTrace } from './trace';
import { createWallClock } from './wall-clock';

type ProcessEnv = Readonly<Record<string, string | undefined>>;

export type TelemetryOptions = {
  env: CommonEnv;
  /** The function that reports. */
  name: string;
  /** The live environment, which Lambda changes with every invocation. */
  processEnv: ProcessEnv;
};

export type Telemetry = {
  log: Log;
  report: ReportRequest;
  startTrace: StartTrace;
  /** What the last request's telemetry took to hand over, in milliseconds. */
  takeFlushMs: () => number | undefined;
};

/** The ways in which a function that settles requests reports: log, terminal lines and traces. A failing one is logged. */
export const createTelemetry = ({ env, name, processEnv }: TelemetryOptions): Telemetry => {
  const service = env.POWERTOOLS_SERVICE_NAME;
  const level = env.POWERTOOLS_LOG_LEVEL;
  const log = createLog({ service, name, level });
  const flush = createFlushClock(() => performance.now());
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
  const startTrace = createStartTrace({
    tracing: env.TRACING,
    service,
    slowSeconds: env.TRACE_SLOW_SECONDS,
    env: processEnv,
    now: createWallClock(),
    onFailure: (error) => log.event('telemetry_failure', NO_REQUEST, { signal: 'trace' }, error),
  });
  return {
    log,
    report: (...told) => flush.timed(() => report(...told)),
    startTrace: (...named) => {
      const trace = startTrace(...named);
      return { ...trace, send: () => flush.timed(trace.send) };
    },
    takeFlushMs: flush.take,
  };
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
