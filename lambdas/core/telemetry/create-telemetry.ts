import { createEmitRequest } from './emf';
import { NO_REQUEST } from './invocation-context';
import { createLog } from './log';
import type { LogLevel } from './log-events';
import type { EmitRequest, Log, StartTrace } from './ports';
import { createStartTrace } from './trace';

export type TelemetryOptions = {
  env: {
    POWERTOOLS_SERVICE_NAME: string;
    POWERTOOLS_METRICS_NAMESPACE: string;
    POWERTOOLS_LOG_LEVEL: LogLevel;
    TRACING: 'xray' | 'off';
  };
  /** The function that reports. */
  name: string;
  /** The live environment, which Lambda changes with every invocation. */
  processEnv: Readonly<Record<string, string | undefined>>;
};

/** The three ways in which a function that settles requests reports: log, EMF and traces. A failing one is logged. */
export const createTelemetry = ({
  env,
  name,
  processEnv,
}: TelemetryOptions): { log: Log; emit: EmitRequest; startTrace: StartTrace } => {
  const service = env.POWERTOOLS_SERVICE_NAME;
  const log = createLog({ service, name, level: env.POWERTOOLS_LOG_LEVEL });
  return {
    log,
    emit: createEmitRequest({
      namespace: env.POWERTOOLS_METRICS_NAMESPACE,
      service,
      write: (document) => process.stdout.write(`${document}\n`),
      onFailure: (error, record) =>
        log.event(
          'telemetry_failure',
          { ...NO_REQUEST, requestId: record.requestId, correlationId: record.correlationId },
          { signal: 'emf' },
          error,
        ),
    }),
    startTrace: createStartTrace({
      tracing: env.TRACING,
      service,
      env: processEnv,
      now: Date.now,
      onFailure: (error) => log.event('telemetry_failure', NO_REQUEST, { signal: 'trace' }, error),
    }),
  };
};
