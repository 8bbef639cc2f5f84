import { createReporting, type Reporting, type ReportingOptions } from './create-reporting';
import { createFlushClock } from './environment-facts';
import { NO_REQUEST } from './invocation-context';
import type { StartTrace } from './ports';
import { createStartTrace } from './trace';
import { createWallClock } from './wall-clock';

export type Telemetry = Reporting & {
  startTrace: StartTrace;
  /** What the last request's telemetry took to hand over, in milliseconds. */
  takeFlushMs: () => number | undefined;
};

/** The ways in which the request path reports: log, terminal lines and traces. A failing one is logged. */
export const createTelemetry = (options: ReportingOptions): Telemetry => {
  const { env, processEnv } = options;
  const { log, report } = createReporting(options);
  const flush = createFlushClock(() => performance.now());
  const startTrace = createStartTrace({
    tracing: env.TRACING,
    service: env.POWERTOOLS_SERVICE_NAME,
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
      return { ...trace, send: (...how) => flush.timed(() => trace.send(...how)) };
    },
    takeFlushMs: flush.take,
  };
};
