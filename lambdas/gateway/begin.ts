import type { Call } from '../core/chat/call';
import { replay } from '../core/chat/collect';
import type { ChatEvent } from '../core/chat/events';
import { GatewayError } from '../core/errors';
import { type InFlightItems, LEASE_GRACE_MS } from '../core/ledger/in-flight';
import type { Target } from '../core/models/model';
import type { Span } from '../core/telemetry/ports';
import { type AdmissionNotes, type Admit, limitedScopes } from './admit';
import { amountFor, type Bound, requestedOutput } from './amount';
import { toRecord } from './build-record';
import type { CacheEntry, ExactCache } from './cache/exact';
import { type CachePolicy, cachePolicy } from './cache/policy';
import type { Receipt } from './receipt';
import type { RefusalMemory } from './refusal-memory';

export type BeginDeps = {
  cache: ExactCache;
  cacheKey: (accountId: string, call: Call, target: Target) => string;
  inFlight: InFlightItems;
  admit: Admit;
  memory: RefusalMemory;
  bound: (call: Call, target: Target) => Bound;
  now: () => number;
  onCacheFailure: (receipt: Receipt, error: unknown) => void;
  onHit: (receipt: Receipt) => void;
};

type Known = { receipt: Receipt; caller: NonNullable<Receipt['caller']>; call: Call; target: Target };

const known = (receipt: Receipt): Known => {
  const { caller, chat, targets } = receipt;
  const [target] = targets;
  if (caller === undefined || chat === undefined || target === undefined)
    throw new Error('A request begins once it is routed.');
  return { receipt, caller, call: chat.call, target };
};

/**
 * Writes the request ahead and looks it up in the cache, side by side. Returns the events of a hit, already counted
 * against the caller's limits, or nothing: a provider has to be asked. Throws `GatewayError`.
 */
export const createBegin = (deps: BeginDeps) => {
  const open = async ({ receipt, caller, call, target }: Known): Promise<void> => {
    const { ids, remainingMs } = receipt.request;
    const { requestId } = ids;
    const leaseEndsAt = deps.now() + remainingMs() + LEASE_GRACE_MS;
    const { nanoUsd } = amountFor(deps.bound(call, target), requestedOutput(call, target));
    receipt.leaseEndsAt = leaseEndsAt;
    try {
      await deps.inFlight.open(
        {
          requestId,
          leaseEndsAt,
          draft: toRecord({ ...receipt, answered: target }, 'abandoned'),
          scopes: limitedScopes(caller),
          hold: { id: requestId, nanoUsd },
          earlier: [],
        },
        receipt.span,
      );
    } catch (cause) {
      throw new GatewayError(
        'store_unavailable',
        'The request cannot be accounted for at the moment, so nothing was sent. Try again shortly.',
        {
          retryAfterSeconds: 1,
          cause,
        },
      );
    }
  };

  const find = async (
    { receipt, caller, call, target }: Known,
    policy: CachePolicy,
    parent: Span,
  ): Promise<CacheEntry | undefined> => {
    if (!policy.read) return undefined;
    const span = parent.child('cache.lookup');
    span.annotate('cache_type', 'exact');
    span.annotate('model_id', target.model);
    try {
      const entry = await deps.cache.find(deps.cacheKey(caller.account.accountId, call, target), span);
      receipt.cache = entry === undefined ? 'miss' : 'hit';
      return entry;
    } catch (error) {
      receipt.cache = 'error';
      span.fail(error);
      deps.onCacheFailure(receipt, error);
      return undefined;
    } finally {
      span.annotate('cache_hit', receipt.cache === 'hit');
      span.end();
    }
  };

  const countHit = async ({ receipt, caller, target }: Known, entry: CacheEntry): Promise<void> => {
    const asker = { caller, note: (notes: AdmissionNotes) => Object.assign(receipt, notes), span: receipt.span };
    receipt.taken = await deps.admit.forHit(asker, receipt.request.ids.requestId);
    receipt.answered = target;
    receipt.usage = entry.usage;
    receipt.finishReason = entry.reason;
    receipt.savedNanoUsd = entry.costNanoUsd;
    deps.onHit(receipt);
  };

  return async (receipt: Receipt, parent: Span): Promise<Iterable<ChatEvent> | undefined> => {
    const request = known(receipt);
    const policy = cachePolicy(request.caller, receipt.request.headers);
    if (!policy.read) receipt.cache = policy.state;
    receipt.storeAnswer = policy.write;
    const remembered = deps.memory.recall(request.caller.key.keyId);
    Object.assign(receipt, remembered?.limits);
    // A hit costs nothing, so only a limit on requests stands in its way.
    if (remembered && (remembered.error.code === 'requests_per_minute' || !policy.read)) throw remembered.error;
    const [entry] = await Promise.all([find(request, policy, parent), remembered ? undefined : open(request)]);
    if (entry === undefined && remembered) throw remembered.error;
    if (entry === undefined) return undefined;
    if (remembered) await open(request);
    await countHit(request, entry);
    return replay(entry);
  };
};
