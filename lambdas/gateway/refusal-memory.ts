import { GatewayError, type RefusalCode } from '../core/errors';

const MAX_REMEMBERED = 10_000;

/** Refusals that stay true for a while: until the minute ends, or until a budget may have been raised. */
const MEMORY_SECONDS: Partial<Record<RefusalCode, number>> = { budget_exhausted: 30, requests_per_minute: 60 };

export type RefusalMemory = ReturnType<typeof createRefusalMemory>;

/** Remembers who was refused, so that a flood of refused requests costs no write. Per execution environment. */
export const createRefusalMemory = ({ now }: { now: () => number }) => {
  const remembered = new Map<string, { until: number; error: GatewayError }>();

  const remember = (keyId: string, error: GatewayError): void => {
    const longest = MEMORY_SECONDS[error.code];
    if (longest === undefined) return;
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    remembered.set(keyId, { until: now() + Math.min(longest, error.retryAfterSeconds ?? longest) * 1000, error });
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
