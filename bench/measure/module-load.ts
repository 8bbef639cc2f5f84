import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as v from 'valibot';
import type { Bundle } from '../build';
import type { NodeBinary } from '../nodes';
import { median } from '../statistics';
import { functionEnvironment } from '../targets/gateway-env';

const PROBE = join(__dirname, 'load-probe.cjs');
const NOWHERE = 'http://127.0.0.1:2';

const reading = v.object({ milliseconds: v.number(), megabytes: v.number() });
type Reading = v.InferOutput<typeof reading>;

type Series = { node: NodeBinary; target: string; bundle: Bundle; readings: Reading[] };

export type ModuleLoad = {
  target: string;
  major: number;
  milliseconds: number;
  bestMilliseconds: number;
  megabytes: number;
};

const probe = async (node: NodeBinary, bundle: Bundle): Promise<Reading> => {
  const env = functionEnvironment(NOWHERE);
  const { stdout } = await promisify(execFile)(node.path, [PROBE, bundle.path], { env });
  return v.parse(reading, JSON.parse(stdout));
};

/** The time from `require` to a loaded handler with its clients made, in fresh processes, one target after the other. */
export const measureModuleLoad = async (
  nodes: readonly NodeBinary[],
  bundles: Readonly<Record<string, Bundle>>,
  rounds: number,
): Promise<ModuleLoad[]> => {
  const series = nodes.flatMap((node) =>
    Object.entries(bundles).map(([target, bundle]): Series => ({ node, target, bundle, readings: [] })),
  );
  for (let round = 0; round < rounds; round += 1)
    for (const { node, bundle, readings } of series) readings.push(await probe(node, bundle));
  return series.map(({ node, target, readings }) => ({
    target,
    major: node.major,
    milliseconds: median(readings.map(({ milliseconds }) => milliseconds)),
    bestMilliseconds: Math.min(...readings.map(({ milliseconds }) => milliseconds)),
    megabytes: median(readings.map(({ megabytes }) => megabytes)),
  }));
};
