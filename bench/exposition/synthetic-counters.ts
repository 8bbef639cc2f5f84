import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { LANES, lanePk } from '../../lambdas/core/counters/lanes';
import { INFINITE, SUM, toSeriesKey } from '../../lambdas/core/counters/series-key';
import { closedValuesOf, type LabelName } from '../../lambdas/core/telemetry/label-values';
import type { Metric } from '../../lambdas/core/telemetry/metric';
import { METRICS_BY_NAME } from '../../lambdas/core/telemetry/metrics';

export type Item = Record<string, AttributeValue>;

const MEASURED = [...METRICS_BY_NAME].filter(([, { kind }]) => kind !== 'gauge');

const OPEN_VALUES = Array.from({ length: 40 }, (_, index) => `instance-${index}`);

const valuesOf = (label: LabelName): readonly string[] => closedValuesOf(label) ?? OPEN_VALUES;

/** How many series a metric can have. */
const roomOf = ({ labels }: Metric): number => labels.reduce((product, label) => product * valuesOf(label).length, 1);

/** The labels of the series of a metric that has this number. */
const labelsAt = ({ labels }: Metric, number: number): Record<string, string> => {
  let rest = number;
  return Object.fromEntries(
    labels.map((label) => {
      const values = valuesOf(label);
      const value = values[rest % values.length] ?? '';
      rest = Math.floor(rest / values.length);
      return [label, value];
    }),
  );
};

const partsOf = (metric: Metric): (string | undefined)[] =>
  metric.kind === 'histogram' ? [...metric.buckets.map(String), INFINITE, SUM] : [undefined];

/** Shares `count` out among the metrics: as many each as it has room for, what is left to the others. */
const shares = (count: number): [string, Metric, number][] => {
  const bySize = [...MEASURED].sort(([, one], [, other]) => roomOf(one) - roomOf(other));
  let left = count;
  return bySize.map(([name, metric], index) => {
    const share = Math.min(roomOf(metric), Math.ceil(left / (bySize.length - index)));
    left -= share;
    return [name, metric, share];
  });
};

/** The items of the counters table when `count` series of the catalogue have moved in every lane, by partition. */
export const syntheticCounters = (count: number): ReadonlyMap<string, readonly Item[]> => {
  const families = new Map<string, Item>();
  for (const [name, metric, share] of shares(count)) {
    for (let number = 0; number < share; number += 1) {
      for (const part of partsOf(metric)) {
        const { family, attribute } = toSeriesKey(name, labelsAt(metric, number), part);
        const item = families.get(family) ?? {};
        families.set(family, item);
        item[attribute] = { N: String(((number * 7_919) % 1_000_003) * 1_000) };
      }
    }
  }
  return new Map(
    Array.from({ length: LANES }, (_, lane) => [
      lanePk(lane),
      [...families].map(([family, attributes]) => ({ pk: { S: lanePk(lane) }, sk: { S: family }, ...attributes })),
    ]),
  );
};

/** What DynamoDB counts as the size of an item: names and values, a number about a byte per two digits. */
export const bytesOf = (item: Item): number =>
  Object.entries(item).reduce(
    (bytes, [name, { S, N }]) =>
      bytes + name.length + (S?.length ?? 0) + (N === undefined ? 0 : Math.ceil(N.length / 2) + 1),
    0,
  );
