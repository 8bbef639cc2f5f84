import * as fc from 'fast-check';
import type { Usage } from '../../../../lambdas/core/chat/usage';
import { costNanoUsd, dearestInputRate, priceAt, pricesIn } from '../../../../lambdas/core/models/price';
import { aPrice } from '../../../support/target';

const NOTHING: Usage = { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0, cacheWrite1h: 0 };
const KINDS = ['input', 'output', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const;

const rates = fc.double({ min: 0, max: 100, noNaN: true });
const tokens = fc.nat({ max: 2_000_000 });
const fullPrices = fc.record({
  input: rates,
  output: rates,
  cacheRead: rates,
  cacheWrite5m: rates,
  cacheWrite1h: rates,
});
const usages = fc.record({
  input: tokens,
  output: tokens,
  cacheRead: tokens,
  cacheWrite5m: tokens,
  cacheWrite1h: tokens,
});

const known = (cost: number | undefined): number => {
  if (cost === undefined) throw new Error('The cost is unknown.');
  return cost;
};

describe('costNanoUsd', () => {
  it('is 0.01245 USD for 150 input and 800 output tokens at 3 and 15', () => {
    const cost = costNanoUsd(aPrice(), { ...NOTHING, input: 150, output: 800 });

    expect(cost).toBe(12_450_000);
  });

  it.each([
    { kind: 'cacheRead', tokens: 1_000, cost: 300_000 },
    { kind: 'cacheWrite5m', tokens: 1_000, cost: 3_750_000 },
    { kind: 'cacheWrite1h', tokens: 1_000, cost: 6_000_000 },
  ])('charges $kind at its own price', ({ kind, tokens, cost }) => {
    const price = aPrice({ cacheRead: 0.3, cacheWrite5m: 3.75, cacheWrite1h: 6 });

    expect(costNanoUsd(price, { ...NOTHING, [kind]: tokens })).toBe(cost);
  });

  it.each(['cacheRead', 'cacheWrite5m', 'cacheWrite1h'])(
    'is unknown when %s was used and has no known price',
    (kind) => {
      expect(costNanoUsd(aPrice(), { ...NOTHING, input: 10, [kind]: 1 })).toBeUndefined();
    },
  );

  it('rounds once: three tokens at 0.0005 USD per million are 2 nano-dollars, not 3', () => {
    const price = aPrice({ input: 0.0005, output: 0.0005, cacheRead: 0.0005 });

    expect(costNanoUsd(price, { ...NOTHING, input: 1, output: 1, cacheRead: 1 })).toBe(2);
  });

  it('is a whole number and never negative', () => {
    fc.assert(
      fc.property(fullPrices, usages, (price, usage) => {
        const cost = known(costNanoUsd(aPrice(price), usage));

        return Number.isInteger(cost) && cost >= 0;
      }),
    );
  });

  it('never falls when more tokens of any kind are used', () => {
    fc.assert(
      fc.property(fullPrices, usages, fc.constantFrom(...KINDS), fc.nat(10_000), (price, usage, kind, more) => {
        const before = known(costNanoUsd(aPrice(price), usage));
        const after = known(costNanoUsd(aPrice(price), { ...usage, [kind]: usage[kind] + more }));

        return after >= before;
      }),
    );
  });

  it('is the sum of its parts, to within half a nano-dollar each', () => {
    fc.assert(
      fc.property(fullPrices, usages, (price, usage) => {
        const whole = known(costNanoUsd(aPrice(price), usage));
        const parts = KINDS.map((kind) => known(costNanoUsd(aPrice(price), { ...NOTHING, [kind]: usage[kind] })));

        return Math.abs(whole - parts.reduce((sum, part) => sum + part, 0)) <= (KINDS.length + 1) / 2;
      }),
    );
  });
});

describe('dearestInputRate', () => {
  it('is no less than what any mix of input tokens costs', () => {
    fc.assert(
      fc.property(fullPrices, usages, (price, usage) => {
        const prompt = { ...usage, output: 0 };
        const all = prompt.input + prompt.cacheRead + prompt.cacheWrite5m + prompt.cacheWrite1h;
        const bound = all * dearestInputRate(aPrice(price)) * 1_000;

        return known(costNanoUsd(aPrice(price), prompt)) <= bound * (1 + 1e-12) + 1;
      }),
    );
  });

  it('reckons with cache writes where they have a price', () => {
    expect(dearestInputRate(aPrice({ cacheRead: 0.3, cacheWrite5m: 3.75, cacheWrite1h: 6 }))).toBe(6);
    expect(dearestInputRate(aPrice())).toBe(3);
  });
});

describe('priceAt', () => {
  const prices = [aPrice({ input: 15, from: '2025-01-01' }), aPrice({ input: 5, from: '2025-11-24' })];

  it.each([
    { at: '2024-12-31T23:59:59.999Z', input: undefined },
    { at: '2025-01-01T00:00:00.000Z', input: 15 },
    { at: '2025-11-23T23:59:59.999Z', input: 15 },
    { at: '2025-11-24T00:00:00.000Z', input: 5 },
    { at: '2030-01-01T00:00:00.000Z', input: 5 },
  ])('is $input per million at $at', ({ at, input }) => {
    expect(priceAt(prices, Date.parse(at))?.input).toBe(input);
  });

  it('is unknown without any price', () => {
    expect(priceAt([], Date.now())).toBeUndefined();
  });
});

describe('pricesIn', () => {
  it('keeps prices of the Region and prices of every Region', () => {
    const everywhere = aPrice({ input: 1 });
    const america = aPrice({ input: 2, regions: ['us-east-', 'us-west-'] });

    expect(pricesIn([everywhere, america], 'us-east-1')).toEqual([everywhere, america]);
    expect(pricesIn([everywhere, america], 'eu-west-1')).toEqual([everywhere]);
    expect(pricesIn([everywhere, america], 'us-gov-west-1')).toEqual([everywhere]);
  });
});
