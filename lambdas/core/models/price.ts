import type { TokenKind, Usage } from '../chat/usage';
import type { Price } from './model';

/** What is printed as USD per million tokens is this many nano-dollars per token. */
const NANO_USD_PER_TOKEN = 1_000;

const INPUT_KINDS = ['input', 'cacheRead', 'cacheWrite5m', 'cacheWrite1h'] as const satisfies readonly TokenKind[];
const KINDS = [...INPUT_KINDS, 'output'] as const satisfies readonly TokenKind[];

const toIsoDate = (atMs: number): string => new Date(atMs).toISOString().slice(0, 10);

/**
 * The price in force at a moment (milliseconds since the epoch): the last whose first day has come, days counted in UTC.
 * `prices` are ordered by `from`; undefined before the first of them.
 */
export const priceAt = (prices: readonly Price[], atMs: number): Price | undefined => {
  const day = toIsoDate(atMs);
  return prices.findLast(({ from }) => from <= day);
};

/** The prices of a list that hold for calls out of `region`, in their order. */
export const pricesIn = (prices: readonly Price[], region: string): readonly Price[] =>
  prices.filter(({ regions }) => regions?.some((beginning) => region.startsWith(beginning)) ?? true);

/**
 * What `usage` costs, in whole nano-dollars, rounded once.
 * Undefined when a kind of token that was used has no known price: the caller charges its hold instead.
 */
export const costNanoUsd = (price: Price, usage: Usage): number | undefined => {
  let cost = 0;
  for (const kind of KINDS) {
    if (usage[kind] === 0) continue;
    const usdPerMillion = price[kind];
    if (usdPerMillion === undefined) return undefined;
    cost += usage[kind] * usdPerMillion * NANO_USD_PER_TOKEN;
  }
  return Math.round(cost);
};

/** The most that one input token can cost in any known way, in USD per million: what a hold has to reckon with. */
export const dearestInputRate = (price: Price): number => Math.max(...INPUT_KINDS.map((kind) => price[kind] ?? 0));
