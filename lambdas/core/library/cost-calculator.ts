import { MODELS } from '../models/catalogue';
import type { Model, Price, RegionScope } from '../models/model';
import { costNanoUsd, priceAt, pricesIn } from '../models/price';

/** What a model costs, in US dollars per million tokens. A kind that is absent has no known price. */
export type TokenPrices = Pick<Price, 'input' | 'output' | 'cacheRead' | 'cacheWrite5m' | 'cacheWrite1h'>;

/** What the prices of a call depend on. */
export type PricedCall = {
  /** A model id of the book. */
  model: string;
  inputTokens: number;
  outputTokens: number;
  cacheReadTokens?: number;
  cacheWriteTokens?: number;
  /** The Region that is called. @default us-east-1 */
  region?: string;
  /** How the model is reached. @default the first of geo, region and global that has a price */
  scope?: RegionScope;
  /** When, milliseconds since the epoch: prices change. @default now */
  at?: number;
};

/** Prices by model. Immutable: adding to one makes another. */
export type PriceBook = { priceOf(call: PricedCall): TokenPrices | undefined };

const SCOPES: readonly RegionScope[] = ['geo', 'region', 'global'];
const NANO_USD = 1e9;

const priceIn = (model: Model, { region = 'us-east-1', scope, at = Date.now() }: PricedCall): Price | undefined => {
  const scopes = scope === undefined ? SCOPES : [scope];
  return scopes
    .map((one) => priceAt(pricesIn(model.prices[one] ?? [], region), at))
    .find((price) => price !== undefined);
};

/** The prices of the gateway's own catalogue. */
export const CATALOGUE_PRICES: PriceBook = {
  priceOf: (call) => {
    const model: Model | undefined = MODELS.find(({ id }) => id === call.model);
    return model && priceIn(model, call);
  },
};

/** A book that has this price for a model, and all other prices of `book`. Throws when a price is no amount. */
export const addModelPricing = (book: PriceBook, model: string, prices: TokenPrices): PriceBook => {
  for (const [kind, price] of Object.entries(prices)) {
    if (Number.isFinite(price) && price >= 0) continue;
    throw new RangeError(`The price of ${model} for ${kind} must be US dollars per million tokens, not ${price}.`);
  }
  return { priceOf: (call) => (call.model === model ? prices : book.priceOf(call)) };
};

/**
 * What a call costs, in US dollars, to the nano-dollar. Undefined when the model, or a kind of token that was used, has no
 * known price: that is not the same as free.
 */
export const calculateCost = (call: PricedCall, book: PriceBook = CATALOGUE_PRICES): number | undefined => {
  const prices = book.priceOf(call);
  const nanoUsd =
    prices &&
    costNanoUsd(
      { ...prices, from: '', asOf: '', source: '' },
      {
        input: call.inputTokens,
        output: call.outputTokens,
        cacheRead: call.cacheReadTokens ?? 0,
        cacheWrite5m: call.cacheWriteTokens ?? 0,
        cacheWrite1h: 0,
      },
    );
  return nanoUsd === undefined ? undefined : nanoUsd / NANO_USD;
};

/** What a cache hit saves: all that the call would have cost. */
export const calculateCacheSavings = calculateCost;
