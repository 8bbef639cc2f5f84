import { GatewayError, type RefusalCode } from '../core/errors';
import { endOfDay, endOfMinute } from '../core/ledger/windows';
import type { LimitState } from './answer-writer';

const MAX_REMEMBERED = 10_000;

const BUDGET_MEMORY_MS = 30_000;

/** Refusals that stay true for a while: until the minute ends, or until a budget may have been raised or renewed. */
const UNTIL: Partial<Record<RefusalCode, (now: number) => number>> = {
  budget_exhausted: (now) => Math.min(now + BUDGET_MEMORY_MS, endOfDay(now)),
  requests_per_minute: endOfMinute,
};

/** What the headers of a refusal tell: the limit that it met, with nothing left of it. */
type MetLimits = { requestLimit?: LimitState; tokenLimit?: LimitState };

export type RememberedRefusal = { error: GatewayError; limits: MetLimits };

export type RefusalMemory = ReturnType<typeof createRefusalMemory>;

/** Remembers who was refused, so that a flood of refused requests costs no write. Per execution environment. */
export const createRefusalMemory = ({ now }: { now: () => number }) => {
  const remembered = new Map<string, RememberedRefusal & { until: number }>();

  const remember = (keyId: string, error: GatewayError, limits: MetLimits): void => {
    const until = UNTIL[error.code]?.(now());
    if (until === undefined) return;
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(keyId, { until, error, limits });
  };

  /** The refusal that still stands for a key, with the seconds that are left of it. */
  const recall = (keyId: string): RememberedRefusal | undefined => {
    const found = remembered.get(keyId);
    if (found === undefined) return undefined;
    const leftMs = found.until - now();
    if (leftMs <= 0) {
      remembered.delete(keyId);
      return undefined;
    }
    const { code, message, retryAfterSeconds } = found.error;
    const leftSeconds = Math.ceil(leftMs / 1000);
    const { requestLimit } = found.limits;
    return {
      error: new GatewayError(code, message, retryAfterSeconds === undefined ? {} : { retryAfterSeconds: leftSeconds }),
      limits: requestLimit ? { requestLimit: { ...requestLimit, resetSeconds: leftSeconds } } : {},
    };
  };

  return { remember, recall };
};
