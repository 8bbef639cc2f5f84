import { newId } from '../http/new-id';
import { createMetricsExporter, type MetricsExporter } from './metrics-exporter';
import type { Sink } from './sink';

export type MetricsOptions = {
  /** Where the telemetry of every service of this process goes. */
  sink: Sink;
  /** Told of what could not be recorded or sent. @default one line on standard error */
  onFailure?: (error: unknown) => void;
};

const toStandardError = (error: unknown): void => {
  process.stderr.write(`${error instanceof Error ? error.message : 'Telemetry failed.'}\n`);
};

const exporters = new Map<string, MetricsExporter>();
let configured: MetricsOptions | undefined;

/** Says, once per process, where telemetry goes. A second call changes nothing: who was first may have exporters already. */
export const initMetrics = (options: MetricsOptions): void => {
  configured ??= options;
};

/** The exporter of a service: the same one for the same name. Throws when `initMetrics` was not called. */
export const getMetricsExporter = (service: string): MetricsExporter => {
  if (configured === undefined) throw new Error('Call initMetrics({ sink }) before getMetricsExporter(service).');
  const { sink, onFailure = toStandardError } = configured;
  const exporter = exporters.get(service) ?? createMetricsExporter({ service, sink, newId, now: Date.now, onFailure });
  exporters.set(service, exporter);
  return exporter;
};
