import { toMarkdownTable } from '../report/markdown-table';
import type { Scraped } from './run';

/** A strongly consistent read of so many bytes is one unit. */
const READ_UNIT_BYTES = 4_096;

const HEAD = [
  'Series',
  'samples, with aliases',
  'text MB',
  'gzip KB',
  'CPU ms: read',
  'text',
  'gzip',
  'first scrape',
  'peak MB',
  'read units',
  'largest item KB',
];

/** What was measured, one row a number of series. */
export const toTable = (rows: readonly Scraped[]): string =>
  toMarkdownTable(
    HEAD,
    rows.map((row) => [
      String(row.series),
      `${row.bareSamples}, ${row.samples}`,
      (row.textBytes / 1e6).toFixed(1),
      (row.compressedBytes / 1e3).toFixed(0),
      row.readMs.toFixed(0),
      row.textMs.toFixed(0),
      row.compressMs.toFixed(0),
      row.firstMs.toFixed(0),
      (row.peakKilobytes / 1_024).toFixed(0),
      Math.ceil(row.itemBytes / READ_UNIT_BYTES).toFixed(0),
      (row.largestItemBytes / 1e3).toFixed(0),
    ]),
  );
