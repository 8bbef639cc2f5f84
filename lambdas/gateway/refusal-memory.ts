import { GatewayError, type RefusalCode } from '../core/errors';
import { endOfDay, endOfMinute } from '../core/ledger/windows';

const MAX_REMEMBERED = 10_000;

const BUDGET_MEMORY_MS = 30_000;

/** Refusals that stay true for a while: until the minute ends, or until a budget may have been raised or renewed. */
const UNTIL: Partial<Record<RefusalCode, (now: number) => number>> = {
  budget_exhausted: (now) => Math.min(now + BUDGET_MEMORY_MS, endOfDay(now)),
  requests_per_minute: endOfMinute,
};

export type RefusalMemory = ReturnType<typeof createRefusalMemory>;

/** Remembers who was refused, so that a flood of refused requests costs no write. Per execution environment. */
export const createRefusalMemory = ({ now }: { now: () => number }) => {
  const remembered = new Map<string, { until: number; error: GatewayError }>();

  const remember = (keyId: string, error: GatewayError): void => {
    const until = UNTIL[error.code]?.(now());
    if (until === undefined) return;
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(keyId, { until, error });
  };

  /** The refusal that still stands for a key, with the seconds that are left of it. */
  const recall = (keyId: string): GatewayError | undefined => {
    const found = remembered.get(keyId);
    if (found === undefined) return undefined;
    const leftMs = found.until - now();
    if (leftMs <= 0) {
      remembered.delete(keyId);
      return undefined;
    }
    const { code, message, retryAfterSeconds } = found.error;
    return new GatewayError(
      code,
      message,
      retryAfterSeconds === undefined ? {} : { retryAfterSeconds: Math.ceil(leftMs / 1000) },
    );
  };

  return { remember, recall };
};
