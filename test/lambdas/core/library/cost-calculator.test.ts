import {
  addModelPricing,
  CATALOGUE_PRICES,
  calculateCacheSavings,
  calculateCost,
} from '../../../../lambdas/core/library/cost-calculator';

const AT = Date.parse('2026-11-21T00:00:00Z');
const call = { model: 'claude-haiku-4-5', inputTokens: 1_000, outputTokens: 500, at: AT };

describe('the cost of a call', () => {
  it.each([
    ['in a geography', 'geo', (1_000 * 1.1 + 500 * 5.5) / 1e6],
    ['anywhere', 'global', (1_000 * 1 + 500 * 5) / 1e6],
  ] as const)('is that of the catalogue %s', (_, scope, usd) => {
    expect(calculateCost({ ...call, scope })).toBe(usd);
  });

  it('counts what the prompt cache read and wrote at its own prices', () => {
    const cost = calculateCost({ ...call, scope: 'global', cacheReadTokens: 10_000, cacheWriteTokens: 100 });

    expect(cost).toBe((1_000 * 1 + 500 * 5 + 10_000 * 0.1 + 100 * 1.25) / 1e6);
  });

  it('is not known for a model that the book lacks, which is not free', () => {
    expect(calculateCost({ ...call, model: 'llama-at-home' })).toBeUndefined();
  });

  it('is not known before the model had a price', () => {
    expect(calculateCost({ ...call, at: 0 })).toBeUndefined();
  });

  it('is what a cache hit saves', () => {
    expect(calculateCacheSavings(call)).toBe(calculateCost(call));
  });
});

describe('a price book', () => {
  it('takes a model of one’s own, and leaves the book it came from as it was', () => {
    const book = addModelPricing(CATALOGUE_PRICES, 'llama-at-home', { input: 0.5, output: 2 });
    const own = { ...call, model: 'llama-at-home' };

    expect(calculateCost(own, book)).toBe((1_000 * 0.5 + 500 * 2) / 1e6);
    expect(calculateCost(own)).toBeUndefined();
    expect(calculateCost(call, book)).toBe(calculateCost(call));
  });

  it('does not price a kind of token that it has no price for', () => {
    const book = addModelPricing(CATALOGUE_PRICES, 'llama-at-home', { input: 0.5, output: 2 });

    expect(calculateCost({ ...call, model: 'llama-at-home', cacheReadTokens: 1 }, book)).toBeUndefined();
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])('takes no price of %d', (input) => {
    expect(() => addModelPricing(CATALOGUE_PRICES, 'llama-at-home', { input, output: 2 })).toThrow(
      /llama-at-home for input must be US dollars per million tokens/,
    );
  });
});
