import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { BUILD_OPTIONS, FUNCTION_BUILD_OPTIONS } from '../lib/bundle';
import { cacheFolder } from './places';

export type Bundle = { path: string; bytes: number; gzipBytes: number };

/** Builds a function as it is deployed, and what it is compared with in the same way but for the SDK, which stays whole. */
export const build = (name: string, entryPoint: string): Bundle => {
  const path = join(cacheFolder('bundles', name), 'index.js');
  const options = /^(lambdas|bench\/telemetry)\//.test(entryPoint) ? FUNCTION_BUILD_OPTIONS : BUILD_OPTIONS;
  buildSync({ ...options, entryPoints: [entryPoint], outfile: path });
  return { path, bytes: statSync(path).size, gzipBytes: gzipSync(readFileSync(path)).length };
};
