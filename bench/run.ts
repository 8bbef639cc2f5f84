import { join } from 'node:path';
import { build } from './build';
import { endChildren } from './child';
import { measureConsumption } from './consumption/measure';
import { measureModuleLoad } from './measure/module-load';
import { measureTargets } from './measure/targets';
import { findNodes } from './nodes';
import { HELP, readOptions } from './options';
import { ROOT } from './places';
import { toReport } from './report/report';
import { writeBetweenMarkers } from './report/write-between-markers';
import { measureTelemetry } from './telemetry/measure';

const main = async (): Promise<void> => {
  const { plan, print, help } = readOptions(process.argv.slice(2));
  if (help) return console.log(HELP);
  const nodes = await findNodes();
  // The newest is what the functions are deployed on.
  const node = nodes.at(-1)?.path ?? process.execPath;
  const bundles = {
    gateway: build('gateway', 'lambdas/gateway/handler.ts'),
    'bare handler': build('bare', 'bench/targets/bare.ts'),
  };
  console.log('Loading the bundles ...');
  const loads = await measureModuleLoad(nodes, bundles, plan.loadRounds);
  const { speeds, streams } = await measureTargets(node, bundles, plan);
  console.log('Telling of requests ...');
  const telemetry = await measureTelemetry(node, plan.telemetry);
  console.log('Counting what requests consume, on the local machine ...');
  const consumption = await measureConsumption(plan.requestsPerKind);
  const report = toReport({ node, bundles, loads, speeds, streams, telemetry, consumption });
  console.log(`\n${report}\n`);
  if (!print) writeBetweenMarkers(join(ROOT, 'docs', 'performance.md'), report);
};

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(endChildren);
