import { encodeWriteRequest } from '../../../../lambdas/core/prometheus/encode-write-request';
import { planRequests } from '../../../../lambdas/core/prometheus/plan-requests';
import { STALE, type TimeSeries } from '../../../../lambdas/core/prometheus/time-series';
import { decodeWriteRequest } from '../../../../local/aws/prometheus/decode-write-request';
import { STALE_BITS } from '../../../../local/aws/prometheus/written-series';

const NOW = 1_798_000_000_000;

const aSeries = (name: string, ...values: number[]): TimeSeries => ({
  labels: [
    ['__name__', name],
    ['model', 'claude'],
  ],
  samples: values.map((value, index) => ({ value, timestampMs: NOW + index * 60_000 })),
});

const decodeSeries = (...series: TimeSeries[]) =>
  decodeWriteRequest(encodeWriteRequest({ series, metadata: [] })).series;

describe('a remote write', () => {
  it('holds labels and samples in their order', () => {
    const [read] = decodeSeries(aSeries('up', 0, 2));

    expect(read?.labels).toEqual([
      ['__name__', 'up'],
      ['model', 'claude'],
    ]);
    expect(read?.samples.map(({ value, timestampMs }) => [value, timestampMs])).toEqual([
      [0, NOW],
      [2, NOW + 60_000],
    ]);
  });

  it.each([0, 1, 0.1, -2.5, 1e-9, 2 ** 53, 1.7976931348623157e308])('holds %d exactly', (value) => {
    expect(decodeSeries(aSeries('up', value))[0]?.samples[0]?.value).toBe(value);
  });

  it('ends a series with the one NaN that means so', () => {
    const [read] = decodeSeries({ ...aSeries('up'), samples: [{ value: STALE, timestampMs: NOW }] });

    expect(read?.samples[0]).toMatchObject({ bits: STALE_BITS, timestampMs: NOW, value: Number.NaN });
  });

  it('holds label values of any text', () => {
    const value = 'Zürich "7" \\ 東京 🚀';
    const labels = [['__name__', 'up'] as const, ['place', value] as const];

    expect(decodeSeries({ labels, samples: [] })[0]?.labels[1]).toEqual(['place', value]);
  });

  it('says what metrics mean', () => {
    const metadata = [
      { name: 'a_total', kind: 'counter' as const, help: 'As.' },
      { name: 'b', kind: 'gauge' as const, help: 'Bs.' },
      { name: 'c', kind: 'histogram' as const, help: 'Cs.' },
    ];

    expect(decodeWriteRequest(encodeWriteRequest({ series: [], metadata })).metadata).toEqual([
      { name: 'a_total', type: 1, help: 'As.' },
      { name: 'b', type: 2, help: 'Bs.' },
      { name: 'c', type: 3, help: 'Cs.' },
    ]);
  });

  it('is made in a fraction of a second for 10,000 series', () => {
    const series = Array.from({ length: 10_000 }, (_, index) => aSeries(`metric_${index}`, index));

    const startedAt = performance.now();
    const bodies = planRequests(series).map(encodeWriteRequest);

    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(bodies.flatMap((body) => decodeWriteRequest(body).series)).toHaveLength(10_000);
  });
});

describe('the plan of requests', () => {
  const metadata = [{ name: 'up', kind: 'gauge' as const, help: 'Up.' }];

  it.each([
    [0, []],
    [1, [1]],
    [2_000, [2_000]],
    [4_001, [2_000, 2_000, 1]],
  ])('cuts %d series into requests of %j', (count, expected) => {
    const series = Array.from({ length: count }, (_, index) => aSeries(`metric_${index}`, 1));

    const requests = planRequests(series, metadata);

    expect(requests.map((request) => request.series.length)).toEqual(expected);
    expect(requests.flatMap((request) => request.series)).toEqual(series);
    expect(requests.map((request) => request.metadata.length)).toEqual(
      expected.map((_, index) => (index === 0 ? 1 : 0)),
    );
  });
});
