import type { _Record, AttributeValue } from '@aws-sdk/client-dynamodb-streams';

/** A record of a DynamoDB stream as Lambda hands it to a function: seconds as a number, bytes as base64. */
export type StreamRecord = {
  readonly eventID: string;
  readonly eventName: string;
  readonly eventVersion: string;
  readonly eventSource: string;
  readonly awsRegion: string;
  readonly eventSourceARN: string;
  readonly userIdentity?: { readonly type: string; readonly principalId: string };
  readonly dynamodb: {
    readonly ApproximateCreationDateTime: number;
    readonly SequenceNumber: string;
    readonly SizeBytes: number;
    readonly StreamViewType: string;
    readonly Keys: JsonItem;
    readonly NewImage?: JsonItem;
    readonly OldImage?: JsonItem;
  };
};

export type JsonItem = Readonly<Record<string, unknown>>;

/** Who deletes items whose time to live has passed. */
export const TIME_TO_LIVE_IDENTITY = { type: 'Service', principalId: 'dynamodb.amazonaws.com' } as const;

type Origin = {
  readonly region: string;
  readonly streamArn: string;
  /** Whether the machine itself deleted the item, in the service's stead. */
  readonly isExpiry: (keys: JsonItem) => boolean;
};

/** Converts a record as the SDK reads it. Throws for one without a sequence number or change. */
export const toStreamRecord = (record: _Record, { region, streamArn, isExpiry }: Origin): StreamRecord => {
  const change = record.dynamodb;
  if (change?.SequenceNumber === undefined) throw new Error(`A record of ${streamArn} has no sequence number.`);
  const keys = toJsonItem(change.Keys ?? {});
  const expired = record.eventName === 'REMOVE' && isExpiry(keys);
  return {
    eventID: record.eventID ?? '',
    eventName: record.eventName ?? '',
    eventVersion: record.eventVersion ?? '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    eventSourceARN: streamArn,
    ...(expired ? { userIdentity: TIME_TO_LIVE_IDENTITY } : {}),
    dynamodb: {
      ApproximateCreationDateTime: (change.ApproximateCreationDateTime?.getTime() ?? 0) / 1000,
      Keys: keys,
      ...(change.NewImage === undefined ? {} : { NewImage: toJsonItem(change.NewImage) }),
      ...(change.OldImage === undefined ? {} : { OldImage: toJsonItem(change.OldImage) }),
      SequenceNumber: change.SequenceNumber,
      SizeBytes: change.SizeBytes ?? 0,
      StreamViewType: change.StreamViewType ?? '',
    },
  };
};

/** An item in DynamoDB's JSON, with its bytes as base64. */
export const toJsonItem = (item: Readonly<Record<string, AttributeValue>>): JsonItem =>
  Object.fromEntries(Object.entries(item).map(([name, value]) => [name, toJsonValue(value)]));

const toJsonValue = (value: AttributeValue): unknown => {
  if (value.B !== undefined) return { B: toBase64(value.B) };
  if (value.BS !== undefined) return { BS: value.BS.map(toBase64) };
  if (value.L !== undefined) return { L: value.L.map(toJsonValue) };
  if (value.M !== undefined) return { M: toJsonItem(value.M) };
  // DynamoDB Local's streams leave out of an empty map that it is one.
  if (Object.keys(value).length === 0) return { M: {} };
  return value;
};

const toBase64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
