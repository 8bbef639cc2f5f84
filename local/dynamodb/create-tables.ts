import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  type TableDescription,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from '../assembly/read-tables';

/** What a stream is called once its table exists. */
export type StreamNames = {
  /** As AWS would spell it: in roles and events. */
  readonly arn: string;
  /** As DynamoDB Local spells it: in calls. */
  readonly localArn: string;
};

/** By the ARN that stands for the stream in the template. */
export type Streams = ReadonlyMap<string, StreamNames>;

/** Creates the tables of the template, or finds them in kept data; resolves with the names of their streams. */
export const createTables = async (client: DynamoDBClient, tables: readonly TableDefinition[]): Promise<Streams> => {
  const streams = new Map<string, StreamNames>();
  for (const table of tables) {
    const { LatestStreamLabel, LatestStreamArn } = await createTable(client, table);
    if (LatestStreamLabel === undefined || LatestStreamArn === undefined) continue;
    streams.set(table.streamArn, { arn: `${table.arn}/stream/${LatestStreamLabel}`, localArn: LatestStreamArn });
  }
  return streams;
};

const createTable = async (client: DynamoDBClient, { name, schema }: TableDefinition): Promise<TableDescription> => {
  const { StreamSpecification, TimeToLiveSpecification, ...rest } = schema;
  const stream =
    StreamSpecification === undefined
      ? {}
      : { StreamSpecification: { StreamEnabled: true, StreamViewType: StreamSpecification.StreamViewType } };
  try {
    await client.send(new CreateTableCommand({ TableName: name, ...rest, ...stream }));
    if (TimeToLiveSpecification !== undefined) {
      await client.send(new UpdateTimeToLiveCommand({ TableName: name, TimeToLiveSpecification }));
    }
  } catch (error) {
    // Kept data has the table already.
    if (!(error instanceof ResourceInUseException)) throw error;
  }
  const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
  return Table ?? {};
};
