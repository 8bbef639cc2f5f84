import { createHash } from 'node:crypto';
import type { Answer, Incoming } from '../service';
import type { ObjectStore } from './object-store';
import { readObjectBody } from './read-object-body';
import { noSuchKey } from './s3-errors';
import type { StoredObject } from './stored-object';
import { xml } from './xml';

/** What an operation works on. `key` is empty where the operation is about the bucket. */
export type ObjectRequest = { readonly bucket: string; readonly key: string; readonly incoming: Incoming };

export const putObject = async (store: ObjectStore, { bucket, key, incoming }: ObjectRequest): Promise<Answer> => {
  const { body, checksum } = await readObjectBody(incoming);
  const etag = createHash('md5').update(body).digest('hex');
  await store.put(bucket, {
    key,
    etag,
    modifiedAt: Date.now(),
    headers: { ...keptHeaders(incoming), ...checksum },
    body,
  });
  return { status: 200, headers: { etag: `"${etag}"`, ...checksum }, body: Buffer.alloc(0) };
};

export const getObject = async (store: ObjectStore, { bucket, key }: ObjectRequest): Promise<Answer> => {
  const object = await find(store, bucket, key);
  return { status: 200, headers: toHeaders(object), body: object.body };
};

export const headObject = async (store: ObjectStore, { bucket, key }: ObjectRequest): Promise<Answer> => {
  const object = await find(store, bucket, key);
  return { status: 200, headers: toHeaders(object), body: Buffer.alloc(0) };
};

export const deleteObject = async (store: ObjectStore, { bucket, key }: ObjectRequest): Promise<Answer> => {
  await store.delete(bucket, key);
  return { status: 204, headers: {}, body: Buffer.alloc(0) };
};

const LARGEST_PAGE = 1_000;

/** ListObjectsV2 with prefix, start and pages; the continuation token is the last key of the page before. */
export const listObjects = async (
  store: ObjectStore,
  { bucket, incoming: { query } }: ObjectRequest,
): Promise<Answer> => {
  const prefix = query.get('prefix') ?? '';
  const after = query.get('continuation-token') ?? query.get('start-after') ?? '';
  const limit = Math.min(Number(query.get('max-keys') ?? LARGEST_PAGE), LARGEST_PAGE);
  const encode = query.get('encoding-type') === 'url' ? encodeURIComponent : (key: string) => key;
  const keys = (await store.keys(bucket)).filter((key) => key.startsWith(prefix) && isAfter(key, after));
  const page = await Promise.all(keys.slice(0, limit).map((key) => store.get(bucket, key)));
  const listed = page.filter((object) => object !== undefined);
  const isTruncated = keys.length > limit;
  const document = xml('ListBucketResult', {
    Name: bucket,
    Prefix: encode(prefix),
    MaxKeys: limit,
    KeyCount: listed.length,
    EncodingType: query.get('encoding-type') ?? undefined,
    IsTruncated: isTruncated,
    NextContinuationToken: isTruncated ? keys[limit - 1] : undefined,
    Contents: listed.map((object) => ({
      Key: encode(object.key),
      LastModified: new Date(object.modifiedAt).toISOString(),
      ETag: `"${object.etag}"`,
      Size: object.body.length,
      StorageClass: 'STANDARD',
    })),
  });
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: Buffer.from(document) };
};

const isAfter = (key: string, start: string): boolean => Buffer.compare(Buffer.from(key), Buffer.from(start)) > 0;

const find = async (store: ObjectStore, bucket: string, key: string): Promise<StoredObject> => {
  const object = await store.get(bucket, key);
  if (object === undefined) throw noSuchKey();
  return object;
};

const KEPT = /^(content-type|content-disposition|content-language|cache-control|expires|x-amz-meta-.+)$/;

const keptHeaders = ({ headers }: Incoming): Record<string, string> => {
  const encodings = String(headers['content-encoding'] ?? '')
    .split(',')
    .map((part) => part.trim());
  const encoding = encodings.filter((part) => part !== '' && part !== 'aws-chunked').join(', ');
  const kept = Object.entries(headers).flatMap(([name, value]) =>
    KEPT.test(name) && typeof value === 'string' ? [[name, value]] : [],
  );
  return { ...Object.fromEntries(kept), ...(encoding !== '' && { 'content-encoding': encoding }) };
};

const toHeaders = ({ headers, etag, modifiedAt, body }: StoredObject) => ({
  ...headers,
  etag: `"${etag}"`,
  'last-modified': new Date(modifiedAt).toUTCString(),
  'content-length': body.length,
});
