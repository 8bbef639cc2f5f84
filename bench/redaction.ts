import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { BUILD_OPTIONS } from '../lib/bundle';
import { cacheFolder, ROOT } from './places';
import { writeBetweenMarkers } from './report/write-between-markers';

/** Measures what redaction costs, in a process of its own and built as it is deployed. `--print` leaves the page as it is. */
const main = (): void => {
  const [load = Number.NaN] = loadavg();
  const subject = join(cacheFolder('bundles', 'redaction'), 'index.js');
  buildSync({ ...BUILD_OPTIONS, entryPoints: [join(ROOT, 'bench', 'redaction', 'subject.ts')], outfile: subject });
  const table = execFileSync(process.execPath, [subject], { encoding: 'utf8' }).trim();
  const [cpu] = cpus();
  const day = new Date().toISOString().slice(0, 10);
  const machine = `${cpus().length} x ${cpu?.model.trim() ?? 'unknown CPU'}, Node ${process.version.slice(1)}; load average ${load.toFixed(1)} before the start`;
  const report = `CPU time, measured on ${day}: ${machine}. Made by \`npx tsx bench/redaction.ts\`.\n\n${table}`;
  console.log(report);
  if (!process.argv.includes('--print')) writeBetweenMarkers(join(ROOT, 'docs', 'redaction.md'), report, 'redaction');
};

main();
