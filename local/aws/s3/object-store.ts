import type { StoredObject } from './stored-object';

/** Where the objects of all buckets are kept. */
export type ObjectStore = {
  put(bucket: string, object: StoredObject): Promise<void>;
  get(bucket: string, key: string): Promise<StoredObject | undefined>;
  delete(bucket: string, key: string): Promise<void>;
  /** The keys of a bucket, in S3's order: by their UTF-8 bytes. */
  keys(bucket: string): Promise<string[]>;
};

/** Keeps objects as long as the process lives. */
export const createMemoryObjectStore = (): ObjectStore => {
  const buckets = new Map<string, Map<string, StoredObject>>();
  const objectsOf = (bucket: string): Map<string, StoredObject> => {
    const objects = buckets.get(bucket) ?? new Map<string, StoredObject>();
    buckets.set(bucket, objects);
    return objects;
  };
  return {
    put: async (bucket, object) => {
      objectsOf(bucket).set(object.key, object);
    },
    get: async (bucket, key) => objectsOf(bucket).get(key),
    delete: async (bucket, key) => {
      objectsOf(bucket).delete(key);
    },
    keys: async (bucket) => sortKeys([...objectsOf(bucket).keys()]),
  };
};

export const sortKeys = (keys: string[]): string[] =>
  keys.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
