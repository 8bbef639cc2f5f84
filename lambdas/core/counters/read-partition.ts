import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';

export type CounterTable = { client: Pick<DynamoDBClient, 'send'>; table: string };

export type Item = Record<string, AttributeValue>;

/** Every item of one partition of the counters table, read strongly. */
export const readPartition = async ({ client, table }: CounterTable, pk: string): Promise<Item[]> => {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': { S: pk } },
        ConsistentRead: true,
        ExclusiveStartKey: start,
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
};

/** A family that is read alone: the sums of its attributes over all lanes. */
export const readFamily = async (from: CounterTable, family: string): Promise<ReadonlyMap<string, bigint>> => {
  const sums = new Map<string, bigint>();
  for (const { pk: _, sk: __, expiresAt: ___, ...attributes } of await readPartition(from, family)) {
    for (const [attribute, { N = '0' }] of Object.entries(attributes)) {
      sums.set(attribute, (sums.get(attribute) ?? 0n) + BigInt(N));
    }
  }
  return sums;
};
