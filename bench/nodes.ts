import { join } from 'node:path';
import { install } from './install';

/** A Node binary, by its major version. */
export type NodeBinary = { major: number; path: string };

const MAJORS = [20, 22, 24] as const;

const currentMajor = Number(process.versions.node.split('.')[0]);

const find = async (major: number): Promise<NodeBinary[]> => {
  if (major === currentMajor) return [{ major, path: process.execPath }];
  const name = `node-${major}`;
  const folder = await install(name, `npm:node-${process.platform}-${process.arch}@${major}`);
  return folder ? [{ major, path: join(folder, 'node_modules', name, 'bin', 'node') }] : [];
};

/** The Node versions that the functions have to run on, as far as they can be had here. */
export const findNodes = async (): Promise<NodeBinary[]> => (await Promise.all(MAJORS.map(find))).flat();
