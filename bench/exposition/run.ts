import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { build } from '../build';
import { findNodes } from '../nodes';
import { ROOT } from '../places';
import { describeMachine } from '../report/machine';
import { writeBetweenMarkers } from '../report/write-between-markers';
import { serveCounterTable } from './counter-table';
import { bytesOf, syntheticCounters } from './synthetic-counters';
import { toTable } from './table';

/** What GET /metrics takes with many series. `npx tsx bench/exposition/run.ts`, `--print` leaves the document as it is. */
const SERIES = [1_000, 10_000, 30_000] as const;
const ROUNDS = '7';

const measured = v.object({
  series: v.number(),
  samples: v.number(),
  bareSamples: v.number(),
  textBytes: v.number(),
  compressedBytes: v.number(),
  firstMs: v.number(),
  readMs: v.number(),
  textMs: v.number(),
  compressMs: v.number(),
  peakKilobytes: v.number(),
});

export type Scraped = v.InferOutput<typeof measured> & { itemBytes: number; largestItemBytes: number };

const measure = async (node: string, script: string, count: number): Promise<Scraped> => {
  const partitions = syntheticCounters(count);
  const sizes = [...partitions.values()].flat().map(bytesOf);
  const table = await serveCounterTable(partitions);
  try {
    const env = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'bench', AWS_SECRET_ACCESS_KEY: 'bench' };
    const { stdout } = await promisify(execFile)(node, [script, table.url, ROUNDS], { env });
    return {
      ...v.parse(measured, JSON.parse(stdout)),
      itemBytes: sizes.reduce((sum, bytes) => sum + bytes, 0),
      largestItemBytes: Math.max(...sizes),
    };
  } finally {
    table.close();
  }
};

const main = async (): Promise<void> => {
  const node = (await findNodes()).at(-1)?.path ?? process.execPath;
  const { path } = build('exposition-bench', 'bench/exposition/scrape.ts');
  const rows: Scraped[] = [];
  for (const count of SERIES) rows.push(await measure(node, path, count));
  const { stdout } = await promisify(execFile)(node, ['--version']);
  const report = `${describeMachine(stdout.trim()).replace(/; (target alone|processes not)[^;]*/, '')} Made by \`npx tsx bench/exposition/run.ts\`.\n\n${toTable(rows)}`;
  console.log(`\n${report}\n`);
  if (!process.argv.includes('--print')) {
    writeBetweenMarkers(join(ROOT, 'docs', 'performance.md'), report, 'bench:exposition');
  }
};

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
