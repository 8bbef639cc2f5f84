import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { buildSync } from 'esbuild';
import { BUILD_OPTIONS } from '../lib/bundle';
import { cacheFolder } from './places';

export type Bundle = { path: string; bytes: number; gzipBytes: number };

/** Builds one entry as the functions are built. */
export const build = (name: string, entryPoint: string): Bundle => {
  const path = join(cacheFolder('bundles', name), 'index.js');
  buildSync({ ...BUILD_OPTIONS, entryPoints: [entryPoint], outfile: path });
  return { path, bytes: statSync(path).size, gzipBytes: gzipSync(readFileSync(path)).length };
};
