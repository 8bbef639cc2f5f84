import * as v from 'valibot';

/** What is kept of an object beside its bytes. */
export const objectDescription = v.object({
  key: v.string(),
  /** The MD5 of the bytes, in hexadecimal. */
  etag: v.string(),
  /** Milliseconds since the epoch. */
  modifiedAt: v.number(),
  /** The headers that come back with the object: content type, metadata, checksum. */
  headers: v.record(v.string(), v.string()),
});

export type StoredObject = v.InferOutput<typeof objectDescription> & { readonly body: Buffer };
