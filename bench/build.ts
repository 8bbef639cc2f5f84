import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { BUILD_OPTIONS, buildFunction } from '../lib/bundle';
import { cacheFolder } from './places';

export type Bundle = { path: string; bytes: number; gzipBytes: number };

/** Builds a function, or a part of one, as it is deployed; what stands beside it in a measurement alike, but with the whole SDK. */
export const build = (name: string, entryPoint: string): Bundle => {
  const folder = cacheFolder('bundles', name);
  const path = join(folder, 'index.js');
  const isBeside = /^bench\/(targets|load|upstream)\//.test(entryPoint);
  if (isBeside) buildSync({ ...BUILD_OPTIONS, entryPoints: [entryPoint], outfile: path });
  else buildFunction(entryPoint, folder);
  return { path, bytes: statSync(path).size, gzipBytes: gzipSync(readFileSync(path)).length };
};
