import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the bench builds and installs: outside the repository, kept from run to run. */
export const CACHE = join(tmpdir(), 'fluxgate-bench');

/** A folder in the cache, made when it is not there. */
export const cacheFolder = (...names: string[]): string => {
  const folder = join(CACHE, ...names);
  mkdirSync(folder, { recursive: true });
  return folder;
};

/** The files of the project that the bench reads and writes. */
export const ROOT = join(__dirname, '..');
