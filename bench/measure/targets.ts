import { type Bundle, build } from '../build';
import { endChildren, startChild } from '../child';
import type { Plan } from '../options';
import { asRepeated, startFunction } from '../targets/functions';
import { startPortkey } from '../targets/portkey';
import { startUpstream } from '../targets/upstream';
import { measureSpeed, type Speed } from './speed';
import { measureStreaming, type Streaming } from './streaming';

const TARGET_CPU = 0;
const LOAD_CPU = 1;

export type Bundles = { gateway: Bundle; 'bare handler': Bundle };

/** Starts the upstream, the targets and the load, measures them side by side, and ends them. */
export const measureTargets = async (
  node: string,
  bundles: Bundles,
  { speed, streamRounds }: Pick<Plan, 'speed' | 'streamRounds'>,
): Promise<{ speeds: Speed[]; streams: Streaming[] }> => {
  const upstream = await startUpstream(node, LOAD_CPU);
  const place = { node, cpu: TARGET_CPU, upstreamUrl: upstream.url };
  const bare = await startFunction({ ...place, name: 'bare handler', bundle: bundles['bare handler'] });
  const gateway = await startFunction({ ...place, name: 'gateway', bundle: bundles.gateway });
  const portkey = await startPortkey(node, TARGET_CPU, upstream.url);
  const loader = startChild({ script: build('loader', 'bench/load/loader.ts').path, node, cpu: LOAD_CPU });
  const targets = [upstream, bare, gateway, ...(portkey ? [portkey] : [])];
  console.log('Buffered answers ...');
  const speeds = await measureSpeed(loader, [...targets, asRepeated(gateway)], speed);
  console.log('Streamed answers ...');
  const streams = await measureStreaming(loader, targets, streamRounds);
  endChildren();
  return { speeds, streams };
};
