import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { PutObjectCommand, type PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import type { Assembly } from './assembly/assembly';
import type { FunctionResult } from './aws/lambda/create-lambda';
import type { Streams } from './dynamodb/create-tables';
import type { LocalPrincipals } from './local-principals';
import { type Checkpoints, createCheckpoints } from './streams/checkpoints';
import type { EventSource } from './streams/event-source';
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
  const { eventSources } = deps.assembly;
  const checkpoints = createCheckpoints(deps.checkpointsFile);
  const expired = new Set<string>();
  const running = eventSources.map((source) => startPolling(deps, source, { checkpoints, expired }));
  return {
    markExpired: (tableName, key) => {
      // Nobody reads the streams of other tables: their marks would stay for ever.
      const isRead = eventSources.some(({ streamArn }) => streamArn.includes(`:table/${tableName}/`));
      if (isRead) expired.add(toMark(tableName, toJsonItem(key)));
    },
    stop: async () => {
      await Promise.all(running.map(({ stop }) => stop()));
    },
  };
};

type Memory = { readonly checkpoints: Checkpoints; readonly expired: Set<string> };

const startPolling = (deps: EventSourceDeps, source: EventSource, { checkpoints, expired }: Memory): Poller => {
  const { assembly, principals, awsEndpoint, invoke, onFailure } = deps;
  const { functionName } = source;
  const table = assembly.tables.find(({ streamArn }) => streamArn === source.streamArn);
  const stream = deps.streams.get(source.streamArn);
  const definition = assembly.functions.find(({ name }) => name === functionName);
  if (table === undefined || stream === undefined || definition === undefined) {
    throw new Error(`The event source ${source.id} names a stream or a function that the template does not have.`);
  }
  const { region } = assembly.place;
  const connection = { endpoint: awsEndpoint, region, credentials: principals.ofFunction(functionName) };
  const client = new DynamoDBStreamsClient(connection);
  const s3 = new S3Client({ ...connection, forcePathStyle: true });
  const poller = pollStream({
    source,
    stream,
    client,
    checkpoints,
    region,
    functionArn: definition.arn,
    invoke: (payload) => invoke(functionName, payload),
    putFailure: (bucket, { key, body }) => putObject(s3, { Bucket: bucket, Key: key, Body: body }),
    isExpiry: (keys) => expired.delete(toMark(table.name, keys)),
    onFailure: (error) => onFailure(functionName, error),
  });
  return {
    stop: async () => {
      await poller.stop();
      client.destroy();
      s3.destroy();
    },
  };
};

const putObject = async (s3: S3Client, object: PutObjectCommandInput): Promise<void> => {
  await s3.send(new PutObjectCommand(object));
};

const toMark = (tableName: string, keys: JsonItem): string =>
  JSON.stringify([tableName, ...Object.entries(keys).sort(([left], [right]) => (left < right ? -1 : 1))]);
