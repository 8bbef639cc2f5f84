/**
 * The value of the label `le` for a bucket's upper bound: `1.0`, `0.25`, `1.048576e+06`. OpenMetrics writes numbers so, and
 * Prometheus 3 stores them so whatever it read; scrapes in any format and remote writes must name a bucket alike.
 */
export const toBoundLabel = (bound: number): string => {
  if (bound !== 0 && (bound >= 1e6 || bound < 1e-4)) {
    return bound.toExponential().replace(/e([+-])(\d)$/, 'e$10$2');
  }
  return Number.isInteger(bound) ? `${bound}.0` : String(bound);
};
