import {
  DeleteItemCommand,
  type DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as v from 'valibot';
import { callAws } from '../telemetry/call-aws';
import type { Span } from '../telemetry/ports';
import type { Scope } from './limits';
import type { RequestRecord } from './record';
import { inFlightKey, inFlightPartitions, leasePrefix } from './table';

/** How long a request outlives its invocation's deadline before somebody else finishes it. */
export const LEASE_GRACE_MS = 120_000;

/** What the ledger must know of a request before it may cost anything: enough to finish it without its process. */
export type InFlight = {
  requestId: string;
  /** Milliseconds since the epoch: the invocation's deadline and `LEASE_GRACE_MS`. */
  leaseEndsAt: number;
  /** The record as it would read if the process died now. */
  draft: RequestRecord;
  /** The scopes that must hold before a provider is called. */
  scopes: Scope[];
  /** The hold of the attempt under way, as it was asked for; a scope may hold less, when the output was clamped. */
  hold: { id: string; nanoUsd: number };
  /** The holds that it replaced, each either kept as a charge or given back. */
  earlier: { id: string; chargedNanoUsd: number }[];
};

const limits = v.object({
  requestsPerMinute: v.optional(v.number()),
  tokensPerMinute: v.optional(v.number()),
  budget: v.optional(v.object({ nanoUsd: v.number(), period: v.picklist(['day', 'month']) })),
});

const inFlightItem = v.object({
  requestId: v.string(),
  leaseEndsAt: v.number(),
  draft: v.custom<RequestRecord>(
    (draft) => typeof draft === 'object' && draft !== null && 'schema' in draft && draft.schema === 1,
  ),
  scopes: v.array(v.object({ pk: v.string(), limits })),
  hold: v.object({ id: v.string(), nanoUsd: v.number() }),
  earlier: v.array(v.object({ id: v.string(), chargedNanoUsd: v.number() })),
});

/** An item of the ledger table as a request under way; throws when it is none. */
export const readInFlight = (item: unknown): InFlight => v.parse(inFlightItem, item);

export type InFlightItems = ReturnType<typeof createInFlightItems>;

/** The write-ahead items of the ledger table. */
export const createInFlightItems = ({ client, table }: { client: DynamoDBClient; table: string }) => {
  const keyOf = ({ requestId, leaseEndsAt }: Pick<InFlight, 'requestId' | 'leaseEndsAt'>) =>
    marshall(inFlightKey(requestId, leaseEndsAt));

  const callOf = (operation: string) => ({ service: 'DynamoDB', operation, table });

  /** Writes the item before the request takes anything. Repeating it changes nothing. */
  const open = async (item: InFlight, span?: Span): Promise<void> => {
    const marshalled = marshall(
      { ...inFlightKey(item.requestId, item.leaseEndsAt), ...item },
      { removeUndefinedValues: true },
    );
    const command = new PutItemCommand({ TableName: table, Item: marshalled });
    await callAws(span, callOf('PutItem'), (options) => client.send(command, options));
  };

  /** Notes the hold that is about to replace another, before either changes. */
  const advance = async (item: Omit<InFlight, 'draft' | 'scopes'>, span?: Span): Promise<void> => {
    const command = new UpdateItemCommand({
      TableName: table,
      Key: keyOf(item),
      UpdateExpression: 'SET #hold = :hold, earlier = :earlier',
      ConditionExpression: 'attribute_exists(pk)',
      ExpressionAttributeNames: { '#hold': 'hold' },
      ExpressionAttributeValues: marshall({ ':hold': item.hold, ':earlier': item.earlier }),
    });
    await callAws(span, callOf('UpdateItem'), (options) => client.send(command, options));
  };

  const close = async (item: Pick<InFlight, 'requestId' | 'leaseEndsAt'>, span?: Span): Promise<void> => {
    const command = new DeleteItemCommand({ TableName: table, Key: keyOf(item) });
    await callAws(span, callOf('DeleteItem'), (options) => client.send(command, options));
  };

  async function* expiredIn(pk: string, now: number): AsyncGenerator<Record<string, unknown>> {
    let start: QueryCommand['input']['ExclusiveStartKey'];
    do {
      const page = await client.send(
        new QueryCommand({
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND sk < :now',
          ExpressionAttributeValues: marshall({ ':pk': pk, ':now': leasePrefix(now) }),
          ConsistentRead: true,
          ExclusiveStartKey: start,
        }),
      );
      for (const item of page.Items ?? []) yield unmarshall(item);
      start = page.LastEvaluatedKey;
    } while (start);
  }

  /** The item of every request whose lease has ended, partition by partition, for `readInFlight`. */
  async function* expired(now: number): AsyncGenerator<Record<string, unknown>> {
    for (const pk of inFlightPartitions()) yield* expiredIn(pk, now);
  }

  return { open, advance, close, expired };
};
