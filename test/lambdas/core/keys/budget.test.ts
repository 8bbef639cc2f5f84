import { formatBudget, parseBudget } from '../../../../lambdas/core/keys/budget';

describe('parseBudget', () => {
  it.each([
    ['25/month', 25_000_000_000, 'month'],
    ['2.50/day', 2_500_000_000, 'day'],
    ['$10/day', 10_000_000_000, 'day'],
    ['0.000000001/month', 1, 'month'],
    ['0.1/month', 100_000_000, 'month'],
    ['1000000/month', 1_000_000_000_000_000, 'month'],
    ['999999.999999999/day', 999_999_999_999_999, 'day'],
  ])('reads %s exactly', (text, nanoUsd, period) => {
    expect(parseBudget(text)).toEqual({ nanoUsd, period });
  });

  it.each([
    '',
    '25',
    '25/year',
    '/month',
    '-1/month',
    '0/month',
    '1e3/month',
    '1,000/month',
    '.5/day',
    '1./day',
    '0.0000000001/month',
    '1000000.01/month',
    '25/month ',
  ])('refuses %p', (text) => {
    expect(parseBudget(text)).toBeUndefined();
  });
});

describe('formatBudget', () => {
  it.each(['$25/month', '$2.50/day', '$0.000000001/month', '$1000000/month', '$0.125/day'])(
    'prints %s as it was read',
    (text) => {
      const budget = parseBudget(text);

      expect(budget && formatBudget(budget)).toBe(text);
    },
  );
});
