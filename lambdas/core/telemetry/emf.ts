import { fromAmount, type Metric, UNITS } from './metric';
import { METRICS, METRICS_BY_NAME, type Measurement } from './metrics';

/** What makes one document of embedded metrics. */
export type EmfDocument = {
  namespace: string;
  /** Milliseconds since the epoch. */
  timestamp: number;
  dimensions: Record<string, string>[];
  values: readonly EmfValue[];
};

/** One CloudWatch metric: a counter's sum, or a value for each observation. */
export type EmfValue = { name: string; unit: string; values: readonly number[] };

/** Loads the library: with the first document, after the first request has been answered. */
export const loadEmbeddedMetrics = async () => {
  const [{ MetricsContext }, { LogSerializer }] = await Promise.all([
    import('aws-embedded-metrics/lib/logger/MetricsContext'),
    import('aws-embedded-metrics/lib/serializers/LogSerializer'),
  ]);
  const serializer = new LogSerializer();

  /**
   * A JSON object in one line. The library's logger would look for an agent, add dimensions that cost metrics, and flush
   * at a time of its choosing: a context and the serializer are all that a document needs.
   * Throws for what CloudWatch would refuse.
   */
  return ({ namespace, timestamp, dimensions, values }: EmfDocument): string => {
    const context = MetricsContext.empty();
    context.setNamespace(namespace);
    context.setTimestamp(timestamp);
    context.setDimensions(dimensions, false);
    for (const { name, unit, values: all } of values) for (const value of all) context.putMetric(name, value, unit);
    return serializer.serialize(context).join('\n');
  };
};

type Projection = { name: string; where: readonly [label: string, value: string][] };

/** The catalogue's projections, taken apart once. */
const PROJECTIONS: ReadonlyMap<string, readonly Projection[]> = new Map(
  [...METRICS_BY_NAME].flatMap(([metric, { emf }]) =>
    emf === undefined
      ? []
      : [[metric, Object.entries(emf).map(([name, where]) => ({ name, where: Object.entries(where) }))]],
  ),
);

/**
 * What was measured, as CloudWatch gets it. A counter counts all requests of the record; a histogram that stands for many
 * alike is sampled once.
 */
export const toEmfValues = (measured: readonly Measurement[]): EmfValue[] => {
  const amounts = new Map<string, { metric: Metric; amounts: number[] }>();
  for (const { name, labels, amount, times } of measured) {
    const projections = PROJECTIONS.get(name);
    if (projections === undefined) continue;
    const metric: Metric = METRICS[name];
    const isCounter = metric.kind === 'counter';
    for (const { name: projected, where } of projections) {
      if (!where.every(([label, wanted]) => Reflect.get(labels, label) === wanted)) continue;
      const known = amounts.get(projected);
      if (known === undefined) amounts.set(projected, { metric, amounts: [isCounter ? amount * times : amount] });
      else if (isCounter) known.amounts[0] = (known.amounts[0] ?? 0) + amount * times;
      else known.amounts.push(amount);
    }
  }
  return [...amounts].map(([name, { metric, amounts: all }]) => ({
    name,
    unit: UNITS[metric.unit].cloudWatch.unit,
    values: all.map((amount) => toCloudWatch(metric.unit, amount)),
  }));
};

const toCloudWatch = (unit: Metric['unit'], amount: number): number =>
  fromAmount(unit, amount * UNITS[unit].cloudWatch.perUnit);
