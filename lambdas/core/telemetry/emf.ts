import type { RequestRecord } from '../ledger/record';
import { toContextFields, toLogFields } from './log-fields';
import { measure } from './measure';
import { fromAmount, type Metric, UNITS } from './metric';
import { METRICS, type Measurement } from './metrics';
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
export const createEmitRequest =
  ({ namespace, service, write, onFailure }: EmfOptions): EmitRequest =>
  async (record) => {
    try {
      const logger = await createDocument(write);
      const measured = measure(record);
      logger.setNamespace(namespace);
      logger.setTimestamp(record.startedAt + record.durationMs);
      logger.setDimensions(dimensionsOf(service, measured), false);
      for (const [name, property] of Object.entries(propertiesOf(record))) logger.setProperty(name, property);
      for (const { name, value, unit } of measured.flatMap(toValues)) logger.putMetric(name, value, unit);
      await logger.flush();
    } catch (error) {
      onFailure(error, record);
    }
  };

/**
 * A document of its own, so that concurrent requests share nothing. With an environment of our own the library neither
 * probes where it runs nor adds dimensions and properties.
 */
const createDocument = async (write: (document: string) => void) => {
  const [{ MetricsLogger }, { LogSerializer }] = await Promise.all([
    import('aws-embedded-metrics'),
    import('aws-embedded-metrics/lib/serializers/LogSerializer'),
  ]);
  const serializer = new LogSerializer();
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

const propertiesOf = (record: RequestRecord): Record<string, unknown> => {
  const { provider: _, model: __, ...fields } = toLogFields(record);
  const properties = {
    ...toContextFields({ ...record, sessionId: record.sessionId, traceId: record.traceId }),
    ...fields,
  };
  return Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined));
};

/** A counter counts all requests of the record; a histogram that stands for many alike is sampled once. */
const toValues = ({ name, labels, amount, times }: Measurement): Value[] => {
  const metric: Metric = METRICS[name];
  const value = fromAmount(metric.unit, metric.kind === 'counter' ? amount * times : amount);
  const unit = UNITS[metric.unit].cloudWatch;
  return Object.entries(metric.emf)
    .filter(([, where]) => Object.entries(where).every(([label, wanted]) => Reflect.get(labels, label) === wanted))
    .map(([emfName]) => ({ name: emfName, value, unit }));
};
