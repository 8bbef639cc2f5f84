import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { type ObjectStore, sortKeys } from './object-store';
import { objectDescription } from './stored-object';

const BODY = '.object';
const DESCRIPTION = '.json';

/** Keeps objects as files: a folder per bucket, and per object its bytes and, beside them, its description. */
export const createFolderObjectStore = (folder: string): ObjectStore => {
  // The ending also keeps the keys `.` and `..` from being folders.
  const pathOf = (bucket: string, key: string, ending: string) =>
    join(folder, bucket, encodeURIComponent(key) + ending);
  return {
    put: async (bucket, { body, ...description }) => {
      await mkdir(join(folder, bucket), { recursive: true });
      await replace(pathOf(bucket, description.key, BODY), body);
      await replace(pathOf(bucket, description.key, DESCRIPTION), JSON.stringify(description));
    },
    get: async (bucket, key) => {
      const description = await unlessMissing(readFile(pathOf(bucket, key, DESCRIPTION), 'utf8'));
      const body = await unlessMissing(readFile(pathOf(bucket, key, BODY)));
      if (description === undefined || body === undefined) return undefined;
      return { ...v.parse(storedDescription, description), body };
    },
    delete: async (bucket, key) => {
      await rm(pathOf(bucket, key, DESCRIPTION), { force: true });
      await rm(pathOf(bucket, key, BODY), { force: true });
    },
    keys: async (bucket) => {
      const files = (await unlessMissing(readdir(join(folder, bucket)))) ?? [];
      const described = files.filter((file) => file.endsWith(DESCRIPTION));
      return sortKeys(described.map((file) => decodeURIComponent(file.slice(0, -DESCRIPTION.length))));
    },
  };
};

const storedDescription = v.pipe(v.string(), v.parseJson(), objectDescription);

/** Replaces a file at once, so that a reader never sees half of it. */
const replace = async (path: string, content: Buffer | string): Promise<void> => {
  const temporary = `${path}.${process.pid}.${Math.random().toString(36).slice(2)}.tmp`;
  await writeFile(temporary, content);
  await rename(temporary, path);
};

const unlessMissing = async <T>(reading: Promise<T>): Promise<T | undefined> => {
  try {
    return await reading;
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
};
