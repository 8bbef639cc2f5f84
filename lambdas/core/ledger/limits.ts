import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import type { Limits as ScopeLimits } from '../keys/account';
import { callAws } from '../telemetry/call-aws';
import type { Span } from '../telemetry/ports';
import { readScopeState, readStoredHold, type ScopeState, type StoredHold, toStoredHold } from './scope-state';
import { createUpdate, type Update } from './update-expression';
import { attributes, minuteOf, periodOf } from './windows';

/** A key or an account whose limits apply, `key#<id>` or `account#<id>`. */
export type Scope = { pk: string; limits: ScopeLimits };

/** What one attempt takes from every scope of its caller before it may start. */
export type Hold = {
  /** Unique per attempt: what makes a repeated take or settle harmless. */
  id: string;
  /** 1 for the first hold of a request, 0 for the holds that replace it. */
  requests: 0 | 1;
  tokens: number;
  nanoUsd: number;
  takenAt: number;
};

/** What a hold is replaced by. `requests` is 0 only for a request that was refused after this scope had taken it. */
export type Charge = { requests: 0 | 1; tokens: number; nanoUsd: number };

export type Refusal = { scope: Scope; reason: 'requests' | 'tokens' | 'budget' | 'in_flight'; state: ScopeState };

export type Take = { taken: true; scope: Scope; state: ScopeState } | ({ taken: false } & Refusal);

export type Limits = ReturnType<typeof createLimits>;

/** Holds at once per scope. Every hold adds some 50 bytes to the item, and every KiB of it a write unit to every update. */
export const MAX_IN_FLIGHT_PER_SCOPE = 250;

/** A scope without any limit is never read or written. */
export const isLimited = ({ limits }: Scope): boolean =>
  limits.requestsPerMinute !== undefined || limits.tokensPerMinute !== undefined || limits.budget !== undefined;

/** Zero takes nothing, so no limit stands in its way, not even one that is used up. */
const passes = (limit: number | undefined, used: number, amount: number): boolean =>
  limit !== undefined && amount > 0 && used + amount > limit;

const windowOf = (scope: Scope, at: number) => ({
  minute: minuteOf(at),
  period: periodOf(at, scope.limits.budget?.period ?? 'month'),
});

/** The first limit that stands in the way, in the order in which a caller can do something about it. */
const reasonFor = ({ limits }: Scope, hold: Hold, state: ScopeState): Refusal['reason'] => {
  if (passes(limits.requestsPerMinute, state.requests, hold.requests)) return 'requests';
  if (passes(limits.tokensPerMinute, state.tokens, hold.tokens)) return 'tokens';
  if (passes(limits.budget?.nanoUsd, state.committedNanoUsd, hold.nanoUsd)) return 'budget';
  return 'in_flight';
};

/**
 * Rate windows and budgets of scopes, one item each, every change one conditional update.
 * `spent + held <= limit` holds under any interleaving because the condition and the change are one operation;
 * a lost answer and its retry are told apart by the hold's own attribute. Errors of the store are thrown as they are.
 */
export const createLimits = (deps: { client: DynamoDBClient; table: string; now: () => number }) => {
  const { client, table, now } = deps;
  const updating = { service: 'DynamoDB', operation: 'UpdateItem', table };
  const stateOf = (item: Record<string, AttributeValue>, scope: Scope, hold: Hold): ScopeState =>
    readScopeState(item, { ...windowOf(scope, hold.takenAt), now: now() });

  const takeUpdate = (scope: Scope, hold: Hold) => {
    const { minute, period } = windowOf(scope, hold.takenAt);
    const { requestsPerMinute, tokensPerMinute, budget } = scope.limits;
    const update = createUpdate();
    update.requireAbsent(attributes.hold(hold.id));
    update.set(attributes.hold(hold.id), toStoredHold(hold));
    update.addBelow(attributes.inFlight, 1, MAX_IN_FLIGHT_PER_SCOPE);
    const takeUpTo = (limit: number | undefined, amount: number, attribute: string): void => {
      if (limit !== undefined && amount > 0) update.addBelow(attribute, amount, limit);
    };
    takeUpTo(requestsPerMinute, hold.requests, attributes.requests(minute));
    takeUpTo(tokensPerMinute, hold.tokens, attributes.tokens(minute));
    takeUpTo(budget?.nanoUsd, hold.nanoUsd, attributes.committed(period));
    return update;
  };

  /** Takes `hold` from one scope, or says which limit refused it and how far that scope is used. */
  const take = async (scope: Scope, hold: Hold, span?: Span): Promise<Take> => {
    try {
      const command = new UpdateItemCommand({
        TableName: table,
        Key: { pk: { S: scope.pk } },
        ...takeUpdate(scope, hold).expressions(),
        ReturnValues: 'ALL_NEW',
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      });
      const { Attributes = {} } = await callAws(span, updating, (options) => client.send(command, options));
      return { taken: true, scope, state: stateOf(Attributes, scope, hold) };
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      const item = error.Item ?? {};
      const state = stateOf(item, scope, hold);
      if (attributes.hold(hold.id) in item) return { taken: true, scope, state };
      return { taken: false, scope, state, reason: reasonFor(scope, hold, state) };
    }
  };

  const settleUpdate = (scope: Scope, hold: Hold, charge: Charge | 'in_full', past: readonly string[]) => {
    const { minute, period } = windowOf(scope, hold.takenAt);
    const update = createUpdate();
    update.requirePresent(attributes.hold(hold.id));
    update.remove(attributes.hold(hold.id));
    for (const name of past) update.remove(name);
    update.add(attributes.inFlight, -1);
    if (charge === 'in_full') return update;
    // A refund belongs to the window that the hold was taken from; a past minute refuses nobody any more.
    const open = minuteOf(now()) === minute;
    const { requestsPerMinute, tokensPerMinute, budget } = scope.limits;
    if (requestsPerMinute !== undefined && open && charge.requests < hold.requests)
      update.add(attributes.requests(minute), charge.requests - hold.requests);
    if (tokensPerMinute !== undefined && open) update.add(attributes.tokens(minute), charge.tokens - hold.tokens);
    if (budget !== undefined) update.add(attributes.committed(period), charge.nanoUsd - hold.nanoUsd);
    return update;
  };

  /** A condition that does not hold says that the change was made before: the mutations here happen once. */
  const once = async (scope: Scope, update: Update, span?: Span): Promise<void> => {
    const key = { TableName: table, Key: { pk: { S: scope.pk } } };
    const command = new UpdateItemCommand({ ...key, ...update.expressions() });
    try {
      await callAws(span, updating, (options) => client.send(command, options));
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
    }
  };

  /** Replaces `hold` by what was used, once: settling it again changes nothing. `past` are windows to drop on the way. */
  const settle = (
    scope: Scope,
    hold: Hold,
    charge: Charge | 'in_full',
    { past = [], span }: { past?: readonly string[]; span?: Span } = {},
  ): Promise<void> => once(scope, settleUpdate(scope, hold, charge, past), span);

  /** The hold as the scope's item keeps it; undefined once it is settled, or was never taken. */
  const read = async (pk: string, holdId: string): Promise<StoredHold | undefined> => {
    const name = attributes.hold(holdId);
    const { Item } = await client.send(
      new GetItemCommand({
        TableName: table,
        Key: { pk: { S: pk } },
        ConsistentRead: true,
        ProjectionExpression: '#hold',
        ExpressionAttributeNames: { '#hold': name },
      }),
    );
    return readStoredHold(Item?.[name]);
  };

  /**
   * Adds `nanoUsd`, possibly negative, to the budget period of a hold that is already settled, whatever the limit says.
   * A mark of its own makes it happen once: it is put with the amount and then removed.
   */
  const adjust = async (scope: Scope, { id, takenAt }: Hold, nanoUsd: number): Promise<void> => {
    if (scope.limits.budget === undefined || nanoUsd === 0) return;
    const mark = attributes.correction(id);
    const change = createUpdate();
    change.requireAbsent(mark);
    change.set(mark, { N: String(nanoUsd) });
    change.add(attributes.committed(windowOf(scope, takenAt).period), nanoUsd);
    await once(scope, change);
    const tidy = createUpdate();
    tidy.remove(mark);
    await once(scope, tidy);
  };

  return { take, settle, read, adjust };
};
