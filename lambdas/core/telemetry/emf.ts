import type { RequestRecord } from '../ledger/record';
import { toContextFields, toLogFields } from './log-fields';
import { measure } from './measure';
import { fromAmount, type Metric, UNITS } from './metric';
import { METRICS, METRICS_BY_NAME, type Measurement } from './metrics';
import type { EmitRequest } from './ports';

export type EmfOptions = {
  namespace: string;
  service: string;
  /** Takes one document, a line of JSON without its end. */
  write: (document: string) => void;
  /** Told when a document could not be made or written. */
  onFailure: (error: unknown, record: RequestRecord) => void;
};

/** One value of one CloudWatch metric. */
type Value = { name: string; value: number; unit: string };

/**
 * Writes the wide event of a request as one embedded-metric document: the metrics of `measure`, projected as the
 * catalogue says, in two dimension sets; ids, account and key are properties, which cost no metrics.
 * The library is loaded with the first document, after the first request has been answered.
 */
export const createEmitRequest = ({ namespace, service, write, onFailure }: EmfOptions): EmitRequest => {
  let loading: ReturnType<typeof loadLibrary> | undefined;
  return async (record) => {
    try {
      loading ??= loadLibrary();
      const document = createDocument(await loading, write);
      const measured = measure(record);
      document.setNamespace(namespace);
      document.setTimestamp(record.startedAt + record.durationMs);
      document.setDimensions(dimensionsOf(service, measured), false);
      for (const [name, property] of propertiesOf(record)) document.setProperty(name, property);
      for (const { name, value, unit } of measured.flatMap(toValues)) document.putMetric(name, value, unit);
      await document.flush();
    } catch (error) {
      onFailure(error, record);
    }
  };
};

const loadLibrary = async () => {
  const [{ MetricsLogger }, { LogSerializer }] = await Promise.all([
    import('aws-embedded-metrics'),
    import('aws-embedded-metrics/lib/serializers/LogSerializer'),
  ]);
  return { MetricsLogger, serializer: new LogSerializer() };
};

/**
 * A document of its own, so that concurrent requests share nothing. With an environment of our own the library neither
 * probes where it runs nor adds dimensions and properties.
 */
const createDocument = (
  { MetricsLogger, serializer }: Awaited<ReturnType<typeof loadLibrary>>,
  write: (document: string) => void,
) => {
  const sink = {
    name: 'stdout',
    accept: async (context: Parameters<typeof serializer.serialize>[0]): Promise<void> =>
      serializer.serialize(context).forEach(write),
  };
  const environment = {
    probe: async () => true,
    getName: () => '',
    getType: () => '',
    getLogGroupName: () => '',
    configureContext: () => {},
    getSink: () => sink,
  };
  return new MetricsLogger(async () => environment);
};

/** The whole service, and each model: every further dimension would multiply the metrics that are paid for. */
const dimensionsOf = (service: string, measured: readonly Measurement[]): Record<string, string>[] => {
  const request = measured.find(({ name }) => name === 'gateway_requests_total');
  if (request?.name !== 'gateway_requests_total') throw new Error('A record measures as at least one request.');
  const { provider, model } = request.labels;
  return [{ service }, { service, provider, model }];
};

/** What the metrics of the document do not say already; the terminal log event has the rest. */
const PROPERTIES = [
  'endpoint',
  'status',
  'status_code',
  'error_code',
  'region',
  'streamed',
  'cache',
  'finish_reason',
  'unmetered',
  'cold_start',
  'count',
] as const;

const propertiesOf = (record: RequestRecord): [name: string, value: unknown][] => {
  const fields = toLogFields(record);
  const { xray_trace_id: _, ...ids } = toContextFields({
    ...record,
    sessionId: record.sessionId,
    traceId: record.traceId,
  });
  const told = PROPERTIES.map((name): [string, unknown] => [name, fields[name]]);
  return [...Object.entries(ids), ...told].filter(([, value]) => value !== undefined);
};

type Projection = { name: string; where: readonly [label: string, value: string][] };

/** The catalogue's projections, taken apart once. */
const PROJECTIONS: ReadonlyMap<string, readonly Projection[]> = new Map(
  [...METRICS_BY_NAME].map(([metric, { emf = {} }]) => [
    metric,
    Object.entries(emf).map(([name, where]) => ({ name, where: Object.entries(where) })),
  ]),
);

/** A counter counts all requests of the record; a histogram that stands for many alike is sampled once. */
const toValues = ({ name, labels, amount, times }: Measurement): Value[] => {
  const projections = PROJECTIONS.get(name) ?? [];
  if (projections.length === 0) return [];
  const metric: Metric = METRICS[name];
  const value = fromAmount(metric.unit, metric.kind === 'counter' ? amount * times : amount);
  const unit = UNITS[metric.unit].cloudWatch;
  return projections
    .filter(({ where }) => where.every(([label, wanted]) => Reflect.get(labels, label) === wanted))
    .map((projection) => ({ name: projection.name, value, unit }));
};
