import { fold } from '../../../../lambdas/core/counters/fold';
import { withKnownSeries } from '../../../../lambdas/core/counters/known-series';
import { type Series, toSeries } from '../../../../lambdas/core/counters/series';
import { readSeriesKey, toSeriesKey } from '../../../../lambdas/core/counters/series-key';
import { closedValuesOf, LABEL_VALUES } from '../../../../lambdas/core/telemetry/label-values';
import { measure } from '../../../../lambdas/core/telemetry/measure';
import { METRICS_BY_NAME } from '../../../../lambdas/core/telemetry/metrics';
import { aRequestRecord, MODEL } from '../../../support/a-request-record';

const countersOf = (records: ReturnType<typeof aRequestRecord>[]) =>
  new Map(
    [...fold(records.flatMap((record) => measure(record)))].map(([family, attributes]) => [
      family,
      new Map([...attributes].map(([attribute, by]) => [attribute, BigInt(by)])),
    ]),
  );

const seriesOf = (name: string, records: ReturnType<typeof aRequestRecord>[]): readonly Series[] =>
  toSeries(countersOf(records)).get(name) ?? [];

describe('the key of a series', () => {
  it.each([...METRICS_BY_NAME])('of %s reads back as its metric and labels', (name, metric) => {
    const labels = Object.fromEntries(
      metric.labels.map((label) => [label, closedValuesOf(label)?.at(-1) ?? 'some-name']),
    );

    expect(readSeriesKey(toSeriesKey(name, labels, 'sum'))).toEqual({ name, metric, labels, part: 'sum' });
  });

  it('keeps the place that deployed tables use', () => {
    const labels = { provider: 'bedrock', model: MODEL, region: 'us-east-1', endpoint: '/v1/chat/completions' };

    expect(toSeriesKey('gateway_request_duration_seconds', labels, '2.5')).toEqual({
      family: `model#${MODEL}`,
      attribute: 'rd|bedrock|us-east-1|/v1/chat/completions#2.5',
    });
    expect(toSeriesKey('gateway_rate_limit_hits_total', { endpoint: '/v1/chat/completions' })).toEqual({
      family: '-',
      attribute: 'rl|/v1/chat/completions',
    });
  });

  it('gives what a deployment has named an item of its own, which stays far below what an item may have', () => {
    const operations = Array.from({ length: 100 }, (_, index) => `${'operation'.repeat(6)}-${index}`);
    const bounds = ['0.01', '0.025', '0.05', '0.1', '0.25', '0.5', '1', '2', '5', '10', '30', '60', 'inf', 'sum'];
    const keys = operations.flatMap((operation) => [
      ...['success', 'error', 'timeout'].map((status) =>
        toSeriesKey('mcp_requests_total', { server: 'files', operation, status }),
      ),
      ...bounds.map((bound) => toSeriesKey('mcp_operation_duration_seconds', { server: 'files', operation }, bound)),
    ]);
    const digits = 16;

    const bytes = keys.reduce((sum, { attribute }) => sum + Buffer.byteLength(attribute) + digits, 0);

    expect(new Set(keys.map(({ family }) => family))).toEqual(new Set(['server#files']));
    expect(bytes).toBeLessThan(200_000);
  });

  it.each([
    ['of a metric that is gone', { family: '-', attribute: 'zz|a' }],
    ['with labels that a metric no longer has', { family: '-', attribute: 'rl|a|b' }],
    ['of a model where the metric has none', { family: 'model#x', attribute: 'rl|/v1/chat/completions' }],
  ])('%s is not read', (_, key) => {
    expect(readSeriesKey(key)).toBeUndefined();
  });
});

describe('series read back from counters', () => {
  it('sum what was counted', () => {
    const cost = seriesOf('gateway_cost_usd_total', [
      aRequestRecord({ costNanoUsd: 1 }),
      aRequestRecord({ costNanoUsd: 2 ** 52 }),
    ]);

    expect(cost).toEqual([
      {
        kind: 'value',
        labels: { provider: 'bedrock', model: MODEL, region: 'us-east-1' },
        value: BigInt(2 ** 52) + 1n,
      },
    ]);
  });

  it('put an observation in the first bucket that holds it, bounds included', () => {
    const [duration] = seriesOf('gateway_request_duration_seconds', [
      aRequestRecord({ durationMs: 10 }),
      aRequestRecord({ durationMs: 10.001 }),
      aRequestRecord({ durationMs: 120_000 }),
      aRequestRecord({ durationMs: 120_001 }),
    ]);

    const buckets = Array(17).fill(0n);
    buckets[0] = 1n;
    buckets[1] = 1n;
    buckets[15] = 1n;
    buckets[16] = 1n;
    expect(duration).toMatchObject({ kind: 'histogram', buckets, sum: 240_021_001n });
  });

  it('keep observations of a bound that the catalogue no longer has in the next one up', () => {
    const attribute = toSeriesKey('router_decision_duration_seconds', {}, '0.03').attribute;

    const [series] =
      toSeries(new Map([['-', new Map([[attribute, 5n]])]])).get('router_decision_duration_seconds') ?? [];

    const bounds = METRICS_BY_NAME.get('router_decision_duration_seconds');
    expect(series).toMatchObject({ kind: 'histogram' });
    expect(
      series?.kind === 'histogram' && bounds?.kind === 'histogram' && series.buckets[bounds.buckets.indexOf(0.05)],
    ).toBe(5n);
  });
});

describe('series that are known beforehand', () => {
  it('are there at 0 when their labels have few combinations, and leave counted ones alone', () => {
    const counted = toSeries(countersOf([aRequestRecord({ outcome: 'rate_limited', count: 3 })]));

    const hits = withKnownSeries(counted).get('gateway_rate_limit_hits_total') ?? [];

    expect(hits).toHaveLength(LABEL_VALUES.endpoint.length);
    expect(hits).toContainEqual({ kind: 'value', labels: { endpoint: '/v1/chat/completions' }, value: 3n });
    expect(hits).toContainEqual({ kind: 'value', labels: { endpoint: '/v1/models' }, value: 0n });
  });

  it('do not multiply large label sets', () => {
    const known = [...withKnownSeries(new Map()).values()].flat();

    expect(withKnownSeries(new Map()).get('gateway_requests_total')).toEqual([]);
    expect(known.length).toBeLessThan(500);
  });
});
