/** A bucket of a histogram: its upper bound, and how much lies at or below it. Infinity is the last one. */
export type Bucket = { le: number; below: number };

/** What a rounding error may shift, as a share of all observations. */
const CLOSE = 1e-9;

/**
 * What `histogram_quantile` says of buckets in ascending order, after its documentation: linear within the bucket that
 * holds the rank, the last finite bound beyond it, NaN without observations. A rank that falls on the edge of a bucket has
 * two answers, for the sums of a server are rounded: the edge, and the lower bound of the next bucket that holds anything.
 */
export const quantileOf = (quantile: number, given: readonly Bucket[]): readonly number[] => {
  const buckets = rising(given);
  const all = buckets.at(-1)?.below ?? 0;
  if (all === 0) return [Number.NaN];
  const rank = quantile * all;
  const edge = buckets.find(({ below }) => below < all && Math.abs(below - rank) <= all * CLOSE);
  if (edge === undefined) return [within(rank, buckets)];
  const next = buckets.findIndex(({ below }) => below > rank + all * CLOSE);
  return [edge.le, buckets[next - 1]?.le ?? 0];
};

/** Buckets are extrapolated one by one, and one may so come to hold less than the one below it. */
const rising = (buckets: readonly Bucket[]): Bucket[] => {
  let most = 0;
  return buckets.map(({ le, below }) => {
    most = Math.max(most, below);
    return { le, below: most };
  });
};

const within = (rank: number, buckets: readonly Bucket[]): number => {
  const index = buckets.findIndex(({ below }) => below >= rank);
  const { le, below } = buckets[index] ?? { le: Number.NaN, below: Number.NaN };
  const under = buckets[index - 1] ?? { le: 0, below: 0 };
  if (le === Number.POSITIVE_INFINITY) return under.le;
  return under.le + (le - under.le) * ((rank - under.below) / (below - under.below));
};
