import type { Access } from '../iam/access';
import type { Principal } from '../principal';
import type { Answer, AwsService, Incoming } from '../service';
import type { ObjectStore } from './object-store';
import { deleteObject, getObject, headObject, listObjects, type ObjectRequest, putObject } from './operations';
import { noSuchBucket, notImplemented, S3_REFUSALS, toS3ErrorAnswer } from './s3-errors';

export type Bucket = { readonly name: string; readonly arn: string };

export type S3Deps = {
  readonly buckets: readonly Bucket[];
  readonly store: ObjectStore;
  /** Whether a principal may do something, asked beside the call itself; not logged as a decision. */
  readonly isAllowed: (principal: Principal, access: Access) => boolean;
};

type Operation = {
  readonly name: string;
  readonly action: string;
  readonly perform: (store: ObjectStore, request: ObjectRequest) => Promise<Answer>;
};

/** By method and by what the path names. */
const OPERATIONS: ReadonlyMap<string, Operation> = new Map([
  ['PUT object', { name: 'PutObject', action: 's3:PutObject', perform: putObject }],
  ['GET object', { name: 'GetObject', action: 's3:GetObject', perform: getObject }],
  ['HEAD object', { name: 'HeadObject', action: 's3:GetObject', perform: headObject }],
  ['DELETE object', { name: 'DeleteObject', action: 's3:DeleteObject', perform: deleteObject }],
  ['GET bucket', { name: 'ListObjectsV2', action: 's3:ListBucket', perform: listObjects }],
]);

/** S3 with paths that begin with the bucket, which is how the SDK addresses an endpoint that is an IP address. */
export const createS3 = ({ buckets, store, isAllowed }: S3Deps): AwsService => ({
  name: 's3',
  read: async (incoming, principal) => {
    const { bucket: name, key, operation } = readOperation(incoming);
    const bucket = buckets.find((known) => known.name === name);
    const arn = bucket?.arn ?? `arn:aws:s3:::${name}`;
    const prefix = incoming.query.get('prefix');
    const listing: Access = {
      action: 's3:ListBucket',
      resource: arn,
      context: prefix === null ? {} : { 's3:prefix': prefix },
    };
    const access = key === '' ? listing : { action: operation.action, resource: `${arn}/${key}`, context: {} };
    return {
      operation: operation.name,
      accesses: [access],
      tables: [],
      keys: key === '' ? [] : [key],
      eventuallyConsistent: false,
      perform: async ({ wait }) => {
        await wait();
        if (bucket === undefined) throw noSuchBucket(name);
        await hideAbsence({ store, operation, bucket: name, key, mayList: () => isAllowed(principal, listing), arn });
        return operation.perform(store, { bucket: name, key, incoming });
      },
    };
  },
  toErrorAnswer: toS3ErrorAnswer,
  refusals: S3_REFUSALS,
});

const readOperation = ({ method, path, query, headers }: Incoming) => {
  const [, bucket = '', encodedKey = ''] = /^\/([^/]*)\/?(.*)$/.exec(path) ?? [];
  const operation = OPERATIONS.get(`${method} ${encodedKey === '' ? 'bucket' : 'object'}`);
  const unsupported = [
    ...[...query.keys()].filter((name) => !KNOWN_QUERY.has(name)),
    ...UNSUPPORTED_HEADERS.filter((name) => headers[name] !== undefined),
  ];
  const isOldListing = operation?.name === 'ListObjectsV2' && query.get('list-type') !== '2';
  if (operation === undefined || bucket === '' || unsupported.length > 0 || isOldListing) {
    const beyond = unsupported.length > 0 ? ` with ${unsupported.join(', ')}` : '';
    throw notImplemented(`the S3 operation ${method} ${path}${query.size > 0 ? `?${query}` : ''}${beyond}`);
  }
  return { bucket, key: decodeURIComponent(encodedKey), operation };
};

const KNOWN_QUERY = new Set([
  'x-id',
  'list-type',
  'prefix',
  'start-after',
  'continuation-token',
  'max-keys',
  'encoding-type',
]);

/** What would change the meaning of a call, and must not be ignored. */
const UNSUPPORTED_HEADERS = [
  'if-match',
  'if-modified-since',
  'if-none-match',
  'if-unmodified-since',
  'range',
  'x-amz-copy-source',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-tagging',
];

type Absence = {
  store: ObjectStore;
  operation: Operation;
  bucket: string;
  key: string;
  mayList: () => boolean;
  arn: string;
};

/** S3 tells only those who may list a bucket that an object is not there; others are denied. */
const hideAbsence = async ({ store, operation, bucket, key, mayList, arn }: Absence): Promise<void> => {
  if (operation.action !== 's3:GetObject' || mayList()) return;
  if ((await store.get(bucket, key)) !== undefined) return;
  throw S3_REFUSALS.denied(`The object ${key} is not there, and only who may s3:ListBucket on ${arn} is told so.`);
};
