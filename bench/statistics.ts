/** The value below which `share` of the values lie; NaN of no values. */
export const quantile = (values: readonly number[], share: number): number => {
  const sorted = values.toSorted((left, right) => left - right);
  const place = Math.min(sorted.length - 1, Math.floor(share * sorted.length));
  return sorted[place] ?? Number.NaN;
};

export const median = (values: readonly number[]): number => quantile(values, 0.5);
