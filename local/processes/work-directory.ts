import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Closers } from '../closers';
import type { Children } from './children';

/** Makes a folder outside of the project, so that nothing in it finds the project's `node_modules`; removed at the end. */
export const createWorkDirectory = (children: Children, closers: Closers): string => {
  const directory = mkdtempSync(join(realpathSync(tmpdir()), 'fluxgate-'));
  children.adoptFolder(directory);
  closers.add(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
};
