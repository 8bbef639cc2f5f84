import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from './places';

const INSTALL_TIMEOUT_MS = 120_000;

/**
 * Installs one npm package into a folder of its own in the cache, once, and returns that folder.
 * Undefined, with a line that says why, when it cannot be had: the bench goes on without it.
 */
export const install = async (name: string, specifier: string): Promise<string | undefined> => {
  const folder = cacheFolder('packages', name);
  if (existsSync(join(folder, 'node_modules', name))) return folder;
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  console.log(`Installing ${specifier} into ${folder} ...`);
  try {
    const options = ['install', '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${specifier}`];
    await promisify(execFile)('npm', options, { cwd: folder, timeout: INSTALL_TIMEOUT_MS });
    return folder;
  } catch (error) {
    console.log(`${specifier} cannot be installed, so it is left out: ${String(error).split('\n')[0]}`);
    return undefined;
  }
};
