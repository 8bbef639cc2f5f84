import { BatchWriteItemCommand, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { inFlightKey } from '../../../lambdas/core/ledger/table';

/** More requests at once than this computer could serve: what the ledger holds of them while they are under way. */
export type Crowd = { enter(): Promise<void>; leave(): Promise<void> };

/** Longer than this check takes. */
const LEASE_MS = 600_000;
const MOST_PER_CALL = 25;

export const createCrowd = (database: { client: DynamoDBClient; ledgerTable: string }, size: number): Crowd => {
  const leaseEndsAt = Date.now() + LEASE_MS;
  const keys = Array.from({ length: size }, (_, index) => inFlightKey(`crowd-${index}`, leaseEndsAt));
  const write = async (toRequest: (key: (typeof keys)[number]) => object): Promise<void> => {
    for (let from = 0; from < keys.length; from += MOST_PER_CALL) {
      const requests = keys.slice(from, from + MOST_PER_CALL).map(toRequest);
      await database.client.send(new BatchWriteItemCommand({ RequestItems: { [database.ledgerTable]: requests } }));
    }
  };
  return {
    enter: () => write((key) => ({ PutRequest: { Item: marshall({ ...key, draft: { provider: 'bedrock' } }) } })),
    leave: () => write((key) => ({ DeleteRequest: { Key: marshall(key) } })),
  };
};
