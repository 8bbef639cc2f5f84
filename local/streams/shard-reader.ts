import {
  type _Record,
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
  type Shard,
} from '@aws-sdk/client-dynamodb-streams';

/** How far a stream has been dealt with. */
export type Position = { readonly shardId: string; readonly sequenceNumber: string };

export type ShardReader = {
  readonly shardId: string;
  /** What was added since the last call; undefined when the shard is closed and read to its end. */
  read(): Promise<readonly _Record[] | undefined>;
};

type Start = { readonly streamArn: string; readonly startingPosition: 'TRIM_HORIZON' | 'LATEST' };

/**
 * Opens the shard after `position`: that of the position itself until it is closed, then its child. Undefined while
 * there is none.
 */
export const openShard = async (
  client: DynamoDBStreamsClient,
  { streamArn, startingPosition }: Start,
  position: Position | undefined,
  finished: ReadonlySet<string>,
): Promise<ShardReader | undefined> => {
  const { StreamDescription } = await client.send(new DescribeStreamCommand({ StreamArn: streamArn }));
  const open = (StreamDescription?.Shards ?? []).filter(({ ShardId = '' }) => !finished.has(ShardId));
  const shardId = (open.find(({ ShardId }) => ShardId === position?.shardId) ?? oldest(open))?.ShardId;
  if (shardId === undefined) return undefined;
  const where =
    position?.shardId === shardId
      ? { ShardIteratorType: 'AFTER_SEQUENCE_NUMBER' as const, SequenceNumber: position.sequenceNumber }
      : { ShardIteratorType: finished.size > 0 ? ('TRIM_HORIZON' as const) : startingPosition };
  const first = await client.send(new GetShardIteratorCommand({ StreamArn: streamArn, ShardId: shardId, ...where }));
  let iterator = first.ShardIterator;
  return {
    shardId,
    read: async () => {
      if (iterator === undefined) return undefined;
      const { Records = [], NextShardIterator } = await client.send(new GetRecordsCommand({ ShardIterator: iterator }));
      iterator = NextShardIterator;
      return Records;
    },
  };
};

/** A shard whose parent is still there comes after it. */
const oldest = (shards: readonly Shard[]): Shard | undefined =>
  shards.find(({ ParentShardId }) => !shards.some(({ ShardId }) => ShardId === ParentShardId));
