import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import type { LocalMachine } from '../../support/local-machine';

export type Item = Record<string, unknown>;

/** Everything that stands in a table of the stack at this moment, read as the operator. */
export const readTable = async (machine: LocalMachine, construct: string): Promise<Item[]> => {
  const table = machine.assembly.tables.find(({ name }) => name.includes(construct));
  if (table === undefined) throw new Error(`The stack has no table ${construct}.`);
  const client = new DynamoDBClient({
    endpoint: machine.awsProxy.url,
    region: machine.assembly.place.region,
    credentials: machine.operator,
  });
  const items: Item[] = [];
  let start: ScanCommand['input']['ExclusiveStartKey'];
  do {
    const page = await client.send(
      new ScanCommand({ TableName: table.name, ConsistentRead: true, ExclusiveStartKey: start }),
    );
    items.push(...(page.Items ?? []).map((item) => unmarshall(item)));
    start = page.LastEvaluatedKey;
  } while (start);
  client.destroy();
  return items;
};
