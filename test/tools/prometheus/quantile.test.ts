import { quantileOf } from './quantile';

const buckets = (...below: number[]) =>
  [0.1, 0.5, 1, Number.POSITIVE_INFINITY].map((le, index) => ({ le, below: below[index] ?? 0 }));

describe('a quantile of a histogram', () => {
  it('lies within its bucket as far as its rank does', () => {
    const [value] = quantileOf(0.5, buckets(2, 10, 12, 12));

    expect(value).toBeCloseTo(0.1 + 0.4 * ((6 - 2) / 8), 12);
  });

  it('starts at 0 in the first bucket', () => {
    const [value] = quantileOf(0.25, buckets(10, 10, 10, 10));

    expect(value).toBeCloseTo(0.025, 12);
  });

  it('is the last bound when it lies beyond it', () => {
    expect(quantileOf(0.99, buckets(0, 0, 1, 50))).toEqual([1]);
  });

  it('is no number without observations', () => {
    expect(quantileOf(0.5, buckets(0, 0, 0, 0))).toEqual([Number.NaN]);
  });

  it('takes a bucket for at least as full as the one below it', () => {
    const [value] = quantileOf(0.5, buckets(2, 10, 9, 10));

    expect(value).toBeCloseTo(0.1 + 0.4 * ((5 - 2) / 8), 12);
  });

  it('has two answers on the edge of a bucket, for a server rounds its sums', () => {
    expect(quantileOf(0.5, buckets(5, 5, 10, 10))).toEqual([0.1, 0.5]);
  });
});
