import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import * as v from 'valibot';
import { build } from '../build';
import { findNodes } from '../nodes';
import { toMarkdownTable } from '../report/markdown-table';
import { median } from '../statistics';
import { functionEnvironment } from '../targets/gateway-env';

/** What tracing costs a request in each of its ways. `npx tsx bench/traces/run.ts` */
const WAYS = [
  { name: 'off', tracing: 'off', sampled: '0' },
  { name: 'X-Ray, not sampled', tracing: 'xray', sampled: '0' },
  { name: 'X-Ray, sampled', tracing: 'xray', sampled: '1' },
  { name: 'OpenTelemetry without an SDK', tracing: 'adot', sampled: '0' },
] as const;

const ROUNDS = 7;
const REQUESTS = '5000';

const reading = v.object({ firstMs: v.number(), cpuMicroseconds: v.number() });

const main = async (): Promise<void> => {
  const node = (await findNodes()).at(-1);
  const { path } = build('traces', 'bench/traces/subject.ts');
  const measure = async (tracing: string, sampled: string) => {
    const env = functionEnvironment('http://127.0.0.1:2');
    const { stdout } = await promisify(execFile)(node?.path ?? process.execPath, [path, tracing, sampled, REQUESTS], {
      env,
    });
    return v.parse(reading, JSON.parse(stdout));
  };
  const rows = [];
  for (const { name, tracing, sampled } of WAYS) {
    const readings = [];
    for (let round = 0; round < ROUNDS; round += 1) readings.push(await measure(tracing, sampled));
    rows.push([
      name,
      median(readings.map(({ cpuMicroseconds }) => cpuMicroseconds)).toFixed(1),
      Math.min(...readings.map(({ cpuMicroseconds }) => cpuMicroseconds)).toFixed(1),
      median(readings.map(({ firstMs }) => firstMs)).toFixed(1),
    ]);
  }
  console.log(`Node ${node?.major}, ${ROUNDS} rounds of ${REQUESTS} requests each\n`);
  console.log(toMarkdownTable(['tracing', 'CPU, µs, median', 'CPU, µs, best', 'first request, ms'], rows));
};

void main();
