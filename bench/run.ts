import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { build } from './build';
import { endChildren, startChild } from './child';
import { measureModuleLoad } from './measure/module-load';
import { measureSpeed } from './measure/speed';
import { measureStreaming } from './measure/streaming';
import { findNodes } from './nodes';
import { HELP, readOptions } from './options';
import { ROOT } from './places';
import { describeMachine } from './report/machine';
import { moduleLoadTable, speedTable, streamingTable } from './report/speed-tables';
import { writeBetweenMarkers } from './report/write-between-markers';
import { asRepeated, startFunction } from './targets/functions';
import { startPortkey } from './targets/portkey';
import { startUpstream } from './targets/upstream';

const TARGET_CPU = 0;
const LOAD_CPU = 1;

const main = async (): Promise<void> => {
  const { plan, print, help } = readOptions(process.argv.slice(2));
  if (help) return console.log(HELP);
  const nodes = await findNodes();
  const node = nodes.at(-1)?.path ?? process.execPath;
  const bundles = {
    gateway: build('gateway', 'lambdas/gateway/handler.ts'),
    bare: build('bare', 'bench/targets/bare.ts'),
  };
  console.log('Module load ...');
  const loads = await measureModuleLoad(nodes, bundles, plan.loadRounds);
  const upstream = await startUpstream(node, LOAD_CPU);
  const place = { node, cpu: TARGET_CPU, upstreamUrl: upstream.url };
  const bare = await startFunction({ ...place, name: 'bare handler', bundle: bundles.bare });
  const gateway = await startFunction({ ...place, name: 'gateway', bundle: bundles.gateway });
  const portkey = await startPortkey(node, TARGET_CPU, upstream.url);
  const loader = startChild({ script: build('loader', 'bench/load/loader.ts').path, node, cpu: LOAD_CPU });
  const targets = [upstream, bare, gateway, ...(portkey ? [portkey] : [])];
  console.log('Speed ...');
  const speeds = await measureSpeed(loader, [...targets, asRepeated(gateway)], plan.speed);
  console.log('Streaming ...');
  const streams = await measureStreaming(loader, targets, plan.streamRounds);
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim().slice(1);
  const report = [
    describeMachine(version),
    moduleLoadTable(loads, bundles),
    speedTable(speeds),
    streamingTable(streams),
  ].join('\n\n');
  console.log(`\n${report}\n`);
  if (!print) writeBetweenMarkers(join(ROOT, 'docs', 'performance.md'), report);
};

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(endChildren);
