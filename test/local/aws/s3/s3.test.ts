import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  paginateListObjectsV2,
  S3Client,
} from '@aws-sdk/client-s3';
import type { AwsProxy } from '../../../../local/aws/proxy';
import { aFunction, clientOf, OPERATOR, refusalOf, startTestProxy } from '../start-test-proxy';

const Bucket = 'failures';
const ARN = `arn:aws:s3:::${Bucket}`;
const BUCKETS = [{ name: Bucket, arn: ARN }];
const STRANGE_KEYS = ['plain', 'folder/of/an object', 'ü&<>"\'+%2F?#', '..', '.', 'a\nb'];

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fluxgate-s3-'));
});
afterAll(() => rm(folder, { recursive: true }));

describe.each([
  ['in memory', () => undefined],
  ['in a folder', () => folder],
])('S3 %s', (_, dataDirectory) => {
  let proxy: AwsProxy;
  let client: S3Client;

  beforeAll(async () => {
    proxy = await startTestProxy({ buckets: BUCKETS, dataDirectory: dataDirectory() });
    client = new S3Client(clientOf(proxy));
  });
  afterAll(async () => {
    client.destroy();
    await proxy.close();
  });

  const put = (Key: string, Body: string | Readable = Key, ContentLength?: number) =>
    client.send(new PutObjectCommand({ Bucket, Key, Body, ContentLength }));
  const read = async (Key: string) => {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
    return Body?.transformToString();
  };
  const list = async (input: { Prefix?: string; MaxKeys?: number } = {}) => {
    const keys = [];
    for await (const page of paginateListObjectsV2({ client }, { Bucket, ...input })) {
      keys.push(...(page.Contents ?? []).map(({ Key }) => Key));
    }
    return keys;
  };

  it.each(STRANGE_KEYS)('gives back what was put under the key %j, and only that', async (Key) => {
    await put(Key);

    expect(await read(Key)).toBe(Key);
    expect(await list({ Prefix: Key })).toContain(Key);
  });

  it('lists in pages, by prefix, in the order of the keys’ bytes', async () => {
    for (const Key of ['list/b', 'list/a', 'list/é', 'list/Z', 'lost']) await put(Key);

    expect(await list({ Prefix: 'list/', MaxKeys: 3 })).toEqual(['list/Z', 'list/a', 'list/b', 'list/é']);
  });

  it('keeps type, metadata, length and time', async () => {
    await client.send(
      new PutObjectCommand({
        Bucket,
        Key: 'described',
        Body: '{}',
        ContentType: 'application/json',
        Metadata: { shard: '7' },
      }),
    );

    expect(await client.send(new HeadObjectCommand({ Bucket, Key: 'described' }))).toMatchObject({
      ContentType: 'application/json',
      ContentLength: 2,
      Metadata: { shard: '7' },
      ETag: '"99914b932bd37a50b983c5e7c90ae93b"',
      LastModified: expect.any(Date),
    });
  });

  it('reads an upload in chunks with a checksum behind it', async () => {
    await put('streamed', Readable.from([Buffer.from('hello '), Buffer.from('world')]), 11);

    expect(await read('streamed')).toBe('hello world');
  });

  it('forgets what is deleted, and deletes again without complaint', async () => {
    await put('gone');

    await client.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));
    await client.send(new DeleteObjectCommand({ Bucket, Key: 'gone' }));

    expect(await refusalOf(read('gone'))).toMatchObject({ name: 'NoSuchKey', $metadata: { httpStatusCode: 404 } });
    expect(await list({ Prefix: 'gone' })).toEqual([]);
  });

  it('refuses bytes that do not match their checksum', async () => {
    const wrong = new PutObjectCommand({ Bucket, Key: 'broken', Body: 'hello', ChecksumCRC32: 'AAAAAA==' });

    expect(await refusalOf(client.send(wrong))).toMatchObject({ name: 'BadDigest' });
    expect(await list({ Prefix: 'broken' })).toEqual([]);
  });

  it.each([
    ['a range', () => client.send(new GetObjectCommand({ Bucket, Key: 'plain', Range: 'bytes=0-1' })), /range/],
    ['tags', () => client.send(new PutObjectCommand({ Bucket, Key: 'b', Body: 'x', Tagging: 'a=b' })), /tagging/],
    [
      'a condition',
      () => client.send(new PutObjectCommand({ Bucket, Key: 'b', Body: 'x', IfNoneMatch: '*' })),
      /if-none-match/,
    ],
    ['a delimiter', () => client.send(new ListObjectsV2Command({ Bucket, Delimiter: '/' })), /delimiter/],
  ])('says that it does not have %s, rather than ignore it', async (_what, call, message) => {
    expect(await refusalOf(call())).toMatchObject({ name: 'NotImplemented', message: expect.stringMatching(message) });
  });

  it('does not know other buckets', async () => {
    const refusal = await refusalOf(client.send(new ListObjectsV2Command({ Bucket: 'elsewhere' })));

    expect(refusal).toMatchObject({ name: 'NoSuchBucket' });
  });
});

describe('S3 in a folder', () => {
  it('still has its objects after a restart, and nothing outside its folder', async () => {
    const first = await startTestProxy({ buckets: BUCKETS, dataDirectory: folder });
    const writer = new S3Client(clientOf(first));
    await writer.send(new PutObjectCommand({ Bucket, Key: '../../kept', Body: 'still here' }));
    writer.destroy();
    await first.close();
    const second = await startTestProxy({ buckets: BUCKETS, dataDirectory: folder });
    const reader = new S3Client(clientOf(second));

    const { Body } = await reader.send(new GetObjectCommand({ Bucket, Key: '../../kept' }));
    const text = await Body?.transformToString();
    reader.destroy();
    await second.close();

    expect(text).toBe('still here');
    expect(await readdir(folder)).toEqual(['s3']);
    expect(await readdir(join(folder, 's3'))).toEqual([Bucket]);
  });
});

describe('S3 under a role', () => {
  let proxy: AwsProxy;
  let client: S3Client;
  let operator: S3Client;

  beforeAll(async () => {
    proxy = await startTestProxy({ buckets: BUCKETS });
    client = new S3Client(clientOf(proxy, 'RECONCILER'));
    operator = new S3Client(clientOf(proxy));
  });
  afterAll(async () => {
    client.destroy();
    operator.destroy();
    await proxy.close();
  });

  const allow = (Action: string, Resource: string) =>
    proxy.setPrincipals([OPERATOR, aFunction('reconciler', { Effect: 'Allow', Action, Resource })]);

  it.each([
    ['PutObject', 's3:PutObject', `${ARN}/k`, () => client.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }))],
    ['GetObject', 's3:GetObject', `${ARN}/k`, () => client.send(new GetObjectCommand({ Bucket, Key: 'k' }))],
    ['DeleteObject', 's3:DeleteObject', `${ARN}/k`, () => client.send(new DeleteObjectCommand({ Bucket, Key: 'k' }))],
    ['ListObjectsV2', 's3:ListBucket', ARN, () => client.send(new ListObjectsV2Command({ Bucket }))],
  ])('%s takes %s on %s', async (_, action, resource, call) => {
    allow('s3:Nothing', '*');

    const refusal = await refusalOf(call());
    allow(action, resource);
    await operator.send(new PutObjectCommand({ Bucket, Key: 'k', Body: 'x' }));
    await call();

    expect(refusal).toMatchObject({
      name: 'AccessDenied',
      message: expect.stringContaining(`${action} on resource: ${resource}`),
      $metadata: { httpStatusCode: 403 },
    });
  });

  it('is not told that an object is missing unless it may list the bucket', async () => {
    const read = () => refusalOf(client.send(new GetObjectCommand({ Bucket, Key: 'missing' })));

    allow('s3:GetObject', `${ARN}/*`);
    const unlisted = await read();
    allow('s3:*', '*');
    const listed = await read();

    expect([unlisted, listed]).toEqual([
      expect.objectContaining({ name: 'AccessDenied' }),
      expect.objectContaining({ name: 'NoSuchKey' }),
    ]);
  });

  it('sees injected faults in S3’s words', async () => {
    allow('s3:*', '*');
    proxy.faults.add({ service: 's3', kind: 'throttle', operation: 'PutObject', keyMatch: 'slow/', times: 1 });

    const refusal = await refusalOf(client.send(new PutObjectCommand({ Bucket, Key: 'slow/1', Body: 'x' })));

    expect(refusal).toMatchObject({ name: 'SlowDown', $metadata: { httpStatusCode: 503 } });
  });
});
