import { type DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { inFlightPartitions, leasePrefix } from '../ledger/table';
import { toLabelValue } from '../telemetry/label-values';

export type ActiveRequestsDeps = {
  client: Pick<DynamoDBClient, 'send'>;
  ledgerTable: string;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/** How many requests are under way, by provider: the ledger's in-flight items whose lease has not ended. */
export type CountActive = () => Promise<ReadonlyMap<string, number>>;

export const createCountActive =
  (deps: ActiveRequestsDeps): CountActive =>
  async () => {
    const counts = new Map<string, number>();
    const partitions = await Promise.all(inFlightPartitions().map((pk) => providersIn(pk, deps)));
    for (const provider of partitions.flat()) counts.set(provider, (counts.get(provider) ?? 0) + 1);
    return counts;
  };

/** A projection reads the same units as a count would, and says who is waited for. */
const providersIn = async (pk: string, { client, ledgerTable, now }: ActiveRequestsDeps): Promise<string[]> => {
  const providers: string[] = [];
  let start: QueryCommand['input']['ExclusiveStartKey'];
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: ledgerTable,
        KeyConditionExpression: 'pk = :pk AND sk > :now',
        ExpressionAttributeValues: { ':pk': { S: pk }, ':now': { S: leasePrefix(now()) } },
        ProjectionExpression: 'draft.provider',
        ConsistentRead: true,
        ExclusiveStartKey: start,
      }),
    );
    providers.push(...(page.Items ?? []).map(({ draft }) => toLabelValue('provider', draft?.M?.provider?.S ?? 'none')));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return providers;
};
