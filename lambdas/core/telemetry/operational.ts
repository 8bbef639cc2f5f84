import { NO_REQUEST } from './invocation-context';
import type { Log } from './ports';

/** What functions tell of themselves, in CloudWatch only; the namespace and dimensions are those of Powertools. */
export const OPERATIONAL_METRICS = [
  { name: 'stream_records', unit: 'Count' },
  { name: 'unreadable_records', unit: 'Count' },
  { name: 'stream_lag_ms', unit: 'Milliseconds' },
  { name: 'failures_reapplied', unit: 'Count' },
  { name: 'failures_kept', unit: 'Count' },
  { name: 'RemoteWriteSamples', unit: 'Count' },
  { name: 'RemoteWriteFailures', unit: 'Count' },
  { name: 'RemoteWriteLag', unit: 'Seconds' },
] as const;

export type OperationalValues = Partial<Record<(typeof OPERATIONAL_METRICS)[number]['name'], number>>;

/** Publishes values of one invocation, and with the first the cold start. Never throws. */
export type PublishOperational = (values: OperationalValues) => Promise<void>;

export type OperationalOptions = {
  env: { POWERTOOLS_METRICS_NAMESPACE: string; POWERTOOLS_SERVICE_NAME: string };
  functionName: string;
  /** Told of a failure. */
  log: Log;
};

/** The library is loaded with the first values. */
export const createPublishOperational = (options: OperationalOptions): PublishOperational => {
  let loading: ReturnType<typeof loadMetrics> | undefined;
  return async (values) => {
    try {
      loading ??= loadMetrics(options);
      const metrics = await loading;
      metrics.captureColdStartMetric(options.functionName);
      metrics.addDimension('function_name', options.functionName);
      for (const { name, unit, value } of known(values)) metrics.addMetric(name, unit, value);
      metrics.publishStoredMetrics();
    } catch (error) {
      options.log.event('telemetry_failure', NO_REQUEST, { signal: 'operational' }, error);
    }
  };
};

const known = (values: OperationalValues) =>
  OPERATIONAL_METRICS.flatMap(({ name, unit }) => {
    const value = values[name];
    if (value === undefined) return [];
    if (!Number.isFinite(value)) throw new RangeError(`The metric ${name} has no finite value: ${value}.`);
    return [{ name, unit, value }];
  });

const loadMetrics = async ({ env }: OperationalOptions) => {
  const { Metrics } = await import('@aws-lambda-powertools/metrics');
  return new Metrics({ namespace: env.POWERTOOLS_METRICS_NAMESPACE, serviceName: env.POWERTOOLS_SERVICE_NAME });
};
