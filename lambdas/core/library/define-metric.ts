import { faultsOfKpi, type KpiDefinition, UNITS } from './kpi-rules';

export type KpiOptions = {
  /** The CloudWatch namespace. */
  namespace: string;
  /** The dimension `service`. */
  service: string;
};

type LabelsOf<Definition extends KpiDefinition> = {
  readonly [Label in keyof Definition['labels']]: Definition['labels'][Label] extends readonly (infer Value)[]
    ? Value
    : never;
};

/** A figure of a business, ready to be recorded. */
export type Kpi<Definition extends KpiDefinition> = {
  definition: Definition;
  /** Writes one value as an embedded-metric line. Rejects for a number that is not finite or a value that no label has. */
  record(value: number, labels: LabelsOf<Definition>): Promise<void>;
};

/**
 * Defines a metric of one's own, which CloudWatch keeps beside those of the catalogue. Throws when the name, the unit or
 * the labels break the rules, all of them named at once; so it fails when the process starts, not when it is used.
 */
export const defineMetric = <const Definition extends KpiDefinition>(
  definition: Definition,
  { namespace, service }: KpiOptions,
): Kpi<Definition> => {
  const faults = faultsOfKpi(definition);
  if (faults.length > 0) throw new RangeError(`The metric cannot be defined: ${faults.join('; ')}.`);
  let loading: ReturnType<typeof loadMetrics> | undefined;

  return {
    definition,
    record: async (value, labels) => {
      const dimensions = readLabels(definition, labels);
      if (!Number.isFinite(value)) throw new RangeError(`${definition.name} has no finite value: ${value}.`);
      loading ??= loadMetrics(namespace, service);
      const metric = (await loading).singleMetric();
      metric.addDimensions(dimensions);
      metric.addMetric(definition.name, UNITS[definition.unit].cloudWatch, value);
    },
  };
};

const readLabels = ({ name, labels = {} }: KpiDefinition, given: object): Record<string, string> => {
  const values = new Map<string, unknown>(Object.entries(given));
  const read = Object.entries(labels).map(([label, allowed]): [string, string] => {
    const value = allowed.find((one) => one === values.get(label));
    if (value === undefined)
      throw new RangeError(`${name}: the label "${label}" must be one of ${allowed.join(', ')}.`);
    return [label, value];
  });
  return Object.fromEntries(read);
};

/** The library is loaded with the first value. */
const loadMetrics = async (namespace: string, serviceName: string) => {
  const { Metrics } = await import('@aws-lambda-powertools/metrics');
  return new Metrics({ namespace, serviceName });
};
