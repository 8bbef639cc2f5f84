import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { BUILD_OPTIONS, buildFunction } from '../lib/bundle';
import { cacheFolder } from './places';

export type Bundle = { path: string; bytes: number; gzipBytes: number };

/** Builds a function as it is deployed, and what it is compared with in the same way but for the SDK, which stays whole. */
export const build = (name: string, entryPoint: string): Bundle => {
  const folder = cacheFolder('bundles', name);
  const path = join(folder, 'index.js');
  if (/^(lambdas|bench\/(telemetry|traces))\//.test(entryPoint)) buildFunction(entryPoint, folder);
  else buildSync({ ...BUILD_OPTIONS, entryPoints: [entryPoint], outfile: path });
  return { path, bytes: statSync(path).size, gzipBytes: gzipSync(readFileSync(path)).length };
};
