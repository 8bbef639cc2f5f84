const DAY_MS = 86_400_000;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What CloudWatch would refuse in one line of embedded metric format; empty for a valid document. */
export const emfFaults = (line: string, now: number): string[] => {
  const document: unknown = JSON.parse(line);
  if (!isObject(document) || !isObject(document._aws)) return ['no _aws'];
  const { Timestamp, CloudWatchMetrics } = document._aws;
  const age = now - Number(Timestamp);
  return [
    ...(Buffer.byteLength(line) > 1_048_576 ? ['over 1 MB'] : []),
    ...(age > 14 * DAY_MS || age < -DAY_MS / 12 || !Number.isInteger(Timestamp) ? ['timestamp out of range'] : []),
    ...(Array.isArray(CloudWatchMetrics) && CloudWatchMetrics.length > 0
      ? CloudWatchMetrics.flatMap((directive) => directiveFaults(directive, document))
      : ['no directive']),
  ];
};

const directiveFaults = (directive: unknown, document: Record<string, unknown>): string[] => {
  if (!isObject(directive)) return ['a directive is no object'];
  const { Namespace, Dimensions, Metrics } = directive;
  if (!Array.isArray(Dimensions) || !Array.isArray(Metrics)) return ['no Dimensions or no Metrics'];
  return [
    ...(typeof Namespace === 'string' && /^[a-zA-Z0-9 ._#:/-]{1,256}$/.test(Namespace) ? [] : ['namespace']),
    ...(Metrics.length >= 1 && Metrics.length <= 100 ? [] : [`${Metrics.length} metrics`]),
    ...Dimensions.flatMap((set) => dimensionFaults(set, document)),
    ...Metrics.flatMap((metric) => metricFaults(metric, document)),
  ];
};

const dimensionFaults = (set: unknown, document: Record<string, unknown>): string[] => {
  if (!Array.isArray(set) || set.length > 30) return ['a dimension set'];
  return set.filter((name) => {
    const value = document[name];
    return typeof value !== 'string' || value.trim() === '' || value.length > 1_024 || name.length > 250;
  });
};

const metricFaults = (metric: unknown, document: Record<string, unknown>): string[] => {
  if (!isObject(metric) || typeof metric.Name !== 'string') return ['a metric without a name'];
  const value = document[metric.Name];
  const values: unknown[] = Array.isArray(value) ? value : [value];
  const isNumeric = values.every((one) => typeof one === 'number' && Number.isFinite(one));
  return isNumeric && values.length >= 1 && values.length <= 100 ? [] : [`the value of ${metric.Name}`];
};
