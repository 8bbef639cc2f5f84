import {
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import type { TableDefinition } from '../assembly/read-tables';

/** Creates the tables of the template, or finds them in kept data; resolves with the stream's own ARN by that of the template. */
export const createTables = async (
  client: DynamoDBClient,
  tables: readonly TableDefinition[],
): Promise<ReadonlyMap<string, string>> => {
  const streams = new Map<string, string>();
  for (const table of tables) {
    const label = await createTable(client, table);
    if (label !== undefined) streams.set(table.streamArn, `${table.arn}/stream/${label}`);
  }
  return streams;
};

const createTable = async (client: DynamoDBClient, { name, schema }: TableDefinition): Promise<string | undefined> => {
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
  return Table?.LatestStreamLabel;
};
