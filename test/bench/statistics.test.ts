import { median, quantile } from '../../bench/statistics';

describe('a quantile', () => {
  it.each([
    [[3, 1, 2], 0.5, 2],
    [[1, 2, 3, 4], 0.5, 3],
    [[10, 1], 0.99, 10],
    [[5], 0, 5],
  ])('of %j at %d is %d', (values, share, value) => {
    expect(quantile(values, share)).toBe(value);
  });

  it('of nothing is not a number', () => {
    expect(median([])).toBeNaN();
  });
});
