import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Everything that the synthesised assembly is made from. */
const SOURCES = [
  'bin',
  'lib',
  'lambdas',
  'dashboards',
  'cdk.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];

/** A name for the state of the sources: another content of any of them, or another Region, gives another name. */
export const hashSources = (root: string, region: string): string => {
  const hash = createHash('sha256').update(region);
  for (const file of SOURCES.flatMap((source) => listFiles(root, source)).sort()) {
    hash.update(`\0${file}\0`).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex').slice(0, 20);
};

const listFiles = (root: string, path: string): readonly string[] => {
  const absolute = join(root, path);
  if (!existsSync(absolute)) return [];
  if (statSync(absolute).isFile()) return [path];
  return readdirSync(absolute).flatMap((name) => listFiles(root, join(path, name)));
};
