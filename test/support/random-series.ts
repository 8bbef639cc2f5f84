import fc from 'fast-check';
import type { Series } from '../../lambdas/core/counters/series';
import { closedValuesOf, type LabelName } from '../../lambdas/core/telemetry/label-values';
import type { Metric } from '../../lambdas/core/telemetry/metric';

/** A few values of a label, so that series often agree in some of them. */
const labelValue = (label: LabelName): fc.Arbitrary<string> =>
  fc.constantFrom(...(closedValuesOf(label) ?? ['one', 'two', 'three']).slice(0, 8));

const amount = fc.bigInt(0n, 10n ** 18n);

/** Some series of a metric, no two with the same labels. */
export const someSeries = (metric: Metric): fc.Arbitrary<Series[]> => {
  const labels = fc.record(Object.fromEntries(metric.labels.map((label) => [label, labelValue(label)])));
  const buckets = metric.kind === 'histogram' ? metric.buckets.length + 1 : 0;
  const series: fc.Arbitrary<Series> =
    metric.kind === 'histogram'
      ? fc.record({
          kind: fc.constant('histogram' as const),
          labels,
          buckets: fc.array(fc.bigInt(0n, 10n ** 9n), { minLength: buckets, maxLength: buckets }),
          sum: amount,
        })
      : fc.record({ kind: fc.constant('value' as const), labels, value: amount });
  return fc.uniqueArray(series, {
    selector: (one) => metric.labels.map((label) => one.labels[label]).join(' '),
    minLength: 1,
    maxLength: 12,
  });
};
