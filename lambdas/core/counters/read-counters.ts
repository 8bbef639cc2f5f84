import { type AttributeValue, type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import type { Counters } from './counter-store';
import { LANES, lanePk } from './lanes';

export type ReadCountersDeps = { client: Pick<DynamoDBClient, 'send'>; table: string };

type Item = Record<string, AttributeValue>;

/** Reads every counter: all lanes, strongly, added up. */
export const createReadCounters = (deps: ReadCountersDeps) => async (): Promise<Counters> =>
  sumOf(await Promise.all(Array.from({ length: LANES }, (_, lane) => readLane(deps, lane))));

const readLane = async ({ client, table }: ReadCountersDeps, lane: number): Promise<Item[]> => {
  const items: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :lane',
        ExpressionAttributeValues: { ':lane': { S: lanePk(lane) } },
        ConsistentRead: true,
        ExclusiveStartKey: start,
      }),
    );
    items.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return items;
};

const sumOf = (lanes: readonly Item[][]): Counters => {
  const families = new Map<string, Map<string, bigint>>();
  for (const { pk: _, sk, ...attributes } of lanes.flat()) {
    const family = sk?.S ?? '';
    const sums = families.get(family) ?? new Map<string, bigint>();
    for (const [attribute, { N = '0' }] of Object.entries(attributes)) {
      sums.set(attribute, (sums.get(attribute) ?? 0n) + BigInt(N));
    }
    families.set(family, sums);
  }
  return families;
};
