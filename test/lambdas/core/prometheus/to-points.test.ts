import { toMetadata, toPoints } from '../../../../lambdas/core/prometheus/to-points';
import type { ExposedFamily } from '../../../../lambdas/core/telemetry/aliases';
import type { Metric } from '../../../../lambdas/core/telemetry/metric';

const described = { help: 'What it counts.', labels: ['model', 'provider'], stored: 'xx' } as const;
const COUNTER: Metric = { ...described, kind: 'counter', unit: 'usd' };
const GAUGE: Metric = { ...described, kind: 'gauge', unit: 'count', origin: 'derived' };
const HISTOGRAM: Metric = { ...described, kind: 'histogram', unit: 'seconds', buckets: [0.1, 1] };

const aFamily = (metric: Metric, ...series: ExposedFamily['series']): ExposedFamily => ({
  name: 'spent',
  help: metric.help,
  metric,
  series,
});

describe('the points of a family', () => {
  it('are its values, in the unit of the metric, under sorted labels', () => {
    const labels = { provider: 'bedrock', model: 'claude' };

    expect(toPoints([aFamily(COUNTER, { kind: 'value', labels, value: 1_500_000n })])).toEqual([
      {
        labels: [
          ['__name__', 'spent'],
          ['model', 'claude'],
          ['provider', 'bedrock'],
        ],
        value: 0.0015,
        grows: true,
      },
    ]);
  });

  it('leave out labels that are empty, which Prometheus takes for none', () => {
    const [point] = toPoints([
      aFamily(GAUGE, { kind: 'value', labels: { model: '', provider: 'bedrock' }, value: 3n }),
    ]);

    expect(point).toEqual({
      labels: [
        ['__name__', 'spent'],
        ['provider', 'bedrock'],
      ],
      value: 3,
      grows: false,
    });
  });

  it('of a histogram are its buckets, each with those below it, its sum and its count', () => {
    const points = toPoints([
      aFamily(HISTOGRAM, { kind: 'histogram', labels: {}, buckets: [2n, 1n, 4n], sum: 12_500_000n }),
    ]);

    expect(points.map(({ labels, value }) => [Object.fromEntries(labels), value])).toEqual([
      [{ __name__: 'spent_bucket', le: '0.1' }, 2],
      [{ __name__: 'spent_bucket', le: '1.0' }, 3],
      [{ __name__: 'spent_bucket', le: '+Inf' }, 7],
      [{ __name__: 'spent_sum' }, 12.5],
      [{ __name__: 'spent_count' }, 7],
    ]);
    expect(points.every(({ grows }) => grows)).toBe(true);
  });

  it('are explained once per family', () => {
    const series = [1n, 2n].map((value) => ({ kind: 'value' as const, labels: { model: String(value) }, value }));

    expect(toMetadata([aFamily(COUNTER, ...series)])).toEqual([
      { name: 'spent', kind: 'counter', help: 'What it counts.' },
    ]);
  });
});
