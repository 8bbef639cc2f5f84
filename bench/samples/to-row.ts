const SECONDS_A_MONTH = 30 * 24 * 3_600;

/** The first tier of samples ingested, and what every account has free; https://aws.amazon.com/prometheus/pricing, as of 2026-11. */
const USD_PER_TEN_MILLION = 0.9;
const FREE_SAMPLES = 40_000_000;

/** One row of the table: series, and what they cost at each interval. */
export const toRow = (state: string, series: number): string => {
  const cells = [60, 15].flatMap((seconds) => {
    const samples = (series * SECONDS_A_MONTH) / seconds;
    const usd = (Math.max(0, samples - FREE_SAMPLES) / 10_000_000) * USD_PER_TEN_MILLION;
    return [`${(samples / 1e6).toFixed(0)} million`, usd.toFixed(2)];
  });
  return `| ${series.toLocaleString('en-US')} ${state} | ${cells.join(' | ')} |`;
};
