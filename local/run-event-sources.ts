import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { Assembly } from './assembly/assembly';
import type { FunctionResult } from './aws/lambda/create-lambda';
import type { Streams } from './dynamodb/create-tables';
import type { LocalPrincipals } from './local-principals';
import { createCheckpoints } from './streams/checkpoints';
import { type Poller, pollStream } from './streams/poll-stream';
import { type JsonItem, toJsonItem } from './streams/stream-record';

export type EventSourceDeps = {
  readonly assembly: Assembly;
  readonly principals: LocalPrincipals;
  readonly streams: Streams;
  readonly awsEndpoint: string;
  readonly checkpointsFile: string | undefined;
  readonly invoke: (functionName: string, payload: Buffer) => Promise<FunctionResult>;
  readonly onFailure: (functionName: string, error: unknown) => void;
};

export type EventSources = {
  /** Marks a deletion as one by time to live, for the stream record that follows. */
  markExpired(tableName: string, key: Readonly<Record<string, AttributeValue>>): void;
  stop(): Promise<void>;
};

/** Polls every event source of the stack under the role of its function, as Lambda does. */
export const runEventSources = (deps: EventSourceDeps): EventSources => {
  const { assembly, principals, awsEndpoint } = deps;
  const checkpoints = createCheckpoints(deps.checkpointsFile);
  const expired = new Set<string>();
  const clients: { destroy(): void }[] = [];

  const pollers: Poller[] = assembly.eventSources.map((source) => {
    const { functionName } = source;
    const connection = {
      endpoint: awsEndpoint,
      region: assembly.place.region,
      credentials: principals.ofFunction(functionName),
    };
    const client = new DynamoDBStreamsClient(connection);
    const s3 = new S3Client({ ...connection, forcePathStyle: true });
    clients.push(client, s3);
    const table = assembly.tables.find(({ streamArn }) => streamArn === source.streamArn);
    const stream = deps.streams.get(source.streamArn);
    const definition = assembly.functions.find(({ name }) => name === functionName);
    if (table === undefined || stream === undefined || definition === undefined) {
      throw new Error(`The event source ${source.id} names a stream or a function that the template does not have.`);
    }
    return pollStream({
      source,
      stream,
      client,
      checkpoints,
      functionArn: definition.arn,
      region: assembly.place.region,
      invoke: (payload) => deps.invoke(functionName, payload),
      putFailure: async (bucket, { key, body }) => {
        await s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: body }));
      },
      isExpiry: (keys) => expired.delete(toMark(table.name, keys)),
      onFailure: (error) => deps.onFailure(functionName, error),
    });
  });

  return {
    markExpired: (tableName, key) => {
      // Nobody reads the streams of other tables: their marks would stay for ever.
      const isRead = assembly.eventSources.some(({ streamArn }) => streamArn.includes(`:table/${tableName}/`));
      if (isRead) expired.add(toMark(tableName, toJsonItem(key)));
    },
    stop: async () => {
      await Promise.all(pollers.map((poller) => poller.stop()));
      for (const client of clients) client.destroy();
    },
  };
};

const toMark = (tableName: string, keys: JsonItem): string =>
  JSON.stringify([tableName, ...Object.entries(keys).sort(([left], [right]) => (left < right ? -1 : 1))]);
