import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { hasCode, isRunning } from './is-running';

/** What a machine keeps between starts; without a folder, for as long as it runs. */
export type State = {
  /** The folder, when there is one. */
  readonly directory: string | undefined;
  /** Where DynamoDB Local keeps the tables. */
  readonly tablesDirectory: string | undefined;
  /** Where the pollers keep how far they have read. */
  readonly checkpointsFile: string | undefined;
  /** A value that was saved, such as a secret. */
  find(name: string): string | undefined;
  /** For this user's eyes only. */
  save(name: string, value: string): void;
  release(): void;
};

/** Another machine keeps its state there. */
export class DataDirectoryTaken extends Error {
  override readonly name = 'DataDirectoryTaken';
}

/** Takes a folder for this machine alone, and makes it when it is not there. Throws `DataDirectoryTaken`. */
export const openState = (directory: string | undefined): State =>
  directory === undefined ? createMemoryState() : openDirectory(directory);

const createMemoryState = (): State => {
  const values = new Map<string, string>();
  return {
    directory: undefined,
    tablesDirectory: undefined,
    checkpointsFile: undefined,
    find: (name) => values.get(name),
    save: (name, value) => void values.set(name, value),
    release: () => undefined,
  };
};

const openDirectory = (directory: string): State => {
  const tablesDirectory = join(directory, 'dynamodb');
  mkdirSync(tablesDirectory, { recursive: true });
  const lock = join(directory, 'lock');
  takeLock(directory, lock);
  const file = join(directory, 'secrets.json');
  return {
    directory,
    tablesDirectory,
    checkpointsFile: join(directory, 'checkpoints.json'),
    find: (name) => readValues(file)[name],
    save: (name, value) => writeFileSync(file, JSON.stringify({ ...readValues(file), [name]: value }), { mode: 0o600 }),
    release: () => rmSync(lock, { force: true }),
  };
};

const values = v.record(v.string(), v.string());

const readValues = (file: string): v.InferOutput<typeof values> =>
  existsSync(file) ? v.parse(values, JSON.parse(readFileSync(file, 'utf8'))) : {};

const takeLock = (directory: string, lock: string): void => {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
    const owner = Number(readFileSync(lock, 'utf8'));
    if (isRunning(owner)) {
      throw new DataDirectoryTaken(
        `${directory} is in use by another local machine (process ${owner}): stop it, or choose another folder with --data.`,
      );
    }
    // Its owner was killed and could not tidy up.
    rmSync(lock);
    takeLock(directory, lock);
  }
};
