import { toBoundLabel } from '../../../../lambdas/core/telemetry/bound-label';
import { METRICS_BY_NAME } from '../../../../lambdas/core/telemetry/metrics';

describe('the bound of a bucket as a label', () => {
  // As Go prints a float64 with %g, and a .0 where that looks like a whole number.
  it.each([
    [0, '0.0'],
    [1, '1.0'],
    [2.5, '2.5'],
    [0.0001, '0.0001'],
    [0.00001, '1e-05'],
    [131_072, '131072.0'],
    [200_000, '200000.0'],
    [1_048_576, '1.048576e+06'],
    [10_485_760, '1.048576e+07'],
  ])('of %d reads %s', (bound, label) => {
    expect(toBoundLabel(bound)).toBe(label);
  });

  it('is the number itself for every bucket of the catalogue', () => {
    const bounds = [...METRICS_BY_NAME.values()].flatMap((metric) =>
      metric.kind === 'histogram' ? metric.buckets : [],
    );

    expect(bounds.map((bound) => Number(toBoundLabel(bound)))).toEqual(bounds);
  });
});
