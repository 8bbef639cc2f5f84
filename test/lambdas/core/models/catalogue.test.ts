import { ALIASES, catalogueVersion, MODELS } from '../../../../lambdas/core/models/catalogue';
import type { Model, Price } from '../../../../lambdas/core/models/model';

const models: readonly Model[] = MODELS;
const allPrices = models.flatMap(({ id, prices }) =>
  Object.entries(prices).flatMap(([scope, list]) => list.map((price): [string, Price] => [`${id} ${scope}`, price])),
);

const ISO_DAY = /^\d{4}-\d{2}-\d{2}$/;

const priceOf = (id: string, scope: 'region' | 'geo' | 'global'): Price | undefined =>
  models.find((model) => model.id === id)?.prices[scope]?.at(-1);

describe('the catalogue', () => {
  it('names every model once, under its own id and under the provider’s', () => {
    const names = [...models.flatMap(({ id, providerModelId }) => [id, providerModelId]), ...Object.keys(ALIASES)];

    expect(new Set(names).size).toBe(names.length);
  });

  it.each(models.map((model) => [model.id, model] as const))('%s has sane limits and a price somewhere', (_, model) => {
    expect(model.id).toMatch(/^[a-z0-9][a-z0-9-]*$/);
    expect(model.released).toMatch(ISO_DAY);
    expect(model.maxOutputTokens).toBeGreaterThan(0);
    expect(model.maxOutputTokens).toBeLessThan(model.contextTokens);
    expect(Object.values(model.prices).flat().length).toBeGreaterThan(0);
  });

  it.each(allPrices)('%s: the price is dated, sourced and positive', (_, price) => {
    expect(price.from).toMatch(ISO_DAY);
    expect(price.asOf).toMatch(ISO_DAY);
    expect(price.source).not.toBe('');
    expect(price.input).toBeGreaterThan(0);
    expect(price.output).toBeGreaterThanOrEqual(price.input);
    expect(price.cacheRead ?? 0).toBeLessThan(price.input);
    expect(price.cacheWrite5m ?? price.input).toBeGreaterThanOrEqual(price.input);
    expect(price.cacheWrite1h ?? price.input).toBeGreaterThanOrEqual(price.cacheWrite5m ?? price.input);
  });

  it.each(models.map((model) => [model.id, model] as const))(
    '%s lists its prices in the order of their days',
    (_, model) => {
      for (const prices of Object.values(model.prices)) {
        const days = prices.map(({ from }) => from);

        expect(days).toEqual([...days].sort());
      }
    },
  );

  it('prices profiles only where the model has them', () => {
    for (const { profiles, prices } of models) {
      expect(prices.global === undefined || profiles.includes('global')).toBe(true);
      expect(prices.geo === undefined || profiles.some((prefix) => prefix !== 'global')).toBe(true);
    }
  });

  it('charges a tenth more for the geographic profiles of Claude 4.5', () => {
    expect(priceOf('claude-sonnet-4-5', 'global')).toMatchObject({
      input: 3,
      output: 15,
      cacheRead: 0.3,
      cacheWrite5m: 3.75,
      cacheWrite1h: 6,
    });
    expect(priceOf('claude-sonnet-4-5', 'geo')).toMatchObject({
      input: 3.3,
      output: 16.5,
      cacheRead: 0.33,
      cacheWrite5m: 4.125,
      cacheWrite1h: 6.6,
    });
  });

  it('has one version, the same whenever it is asked', () => {
    expect(catalogueVersion()).toMatch(/^[\w-]{12}$/);
    expect(catalogueVersion()).toBe(catalogueVersion());
  });
});
