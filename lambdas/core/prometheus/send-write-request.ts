import { encodeWriteRequest } from './encode-write-request';
import type { Post, PostAnswer } from './post';
import type { WriteRequest } from './time-series';

/** Why a request was not taken. */
export type WriteFailure = 'rejected' | 'denied' | 'throttled' | 'unavailable' | 'unreachable';

export type WriteResult =
  | { written: true }
  | { written: false; reason: WriteFailure; status: number | undefined; text: string; cause: unknown };

/** Sends a request until `deadlineMs`, milliseconds since the epoch. Never rejects for what the receiver does. */
export type SendWriteRequest = (request: WriteRequest, deadlineMs: number) => Promise<WriteResult>;

export type SendDeps = {
  post: Post;
  /** Milliseconds since the epoch. */
  now: () => number;
  pause: (milliseconds: number) => Promise<void>;
  /** At least 0, below 1. */
  random: () => number;
};

const BACKOFF = { firstMs: 200, mostMs: 5_000 };

/** Failures that may be gone at the next try; all others stay what they are however often they are sent. */
const PASSING: ReadonlySet<WriteFailure> = new Set(['throttled', 'unavailable', 'unreachable']);

/**
 * Sends, and sends again what may be sent again. The same samples may arrive twice: a receiver takes a sample that it has
 * already.
 */
export const createSendWriteRequest =
  ({ post, now, pause, random }: SendDeps): SendWriteRequest =>
  async (request, deadlineMs) => {
    const body = encodeWriteRequest(request);
    for (let tries = 1; ; tries += 1) {
      const { result, retryAfterSeconds } = await post(body, deadlineMs - now()).then(toResult, toUnreachable);
      if (result.written || !PASSING.has(result.reason)) return result;
      const waitMs = Math.max((retryAfterSeconds ?? 0) * 1_000, backoffMs(tries, random));
      if (now() + waitMs >= deadlineMs) return result;
      await pause(waitMs);
    }
  };

type Outcome = { result: WriteResult; retryAfterSeconds?: number | undefined };

const toResult = ({ status, text, retryAfterSeconds }: PostAnswer): Outcome => {
  if (status >= 200 && status < 300) return { result: { written: true } };
  const reason = toReason(status);
  return { result: { written: false, reason, status, text, cause: undefined }, retryAfterSeconds };
};

const toUnreachable = (cause: unknown): Outcome => ({
  result: { written: false, reason: 'unreachable', status: undefined, text: '', cause },
});

const toReason = (status: number): WriteFailure => {
  if (status === 429) return 'throttled';
  if (status >= 500) return 'unavailable';
  return status === 401 || status === 403 ? 'denied' : 'rejected';
};

const backoffMs = (tries: number, random: () => number): number =>
  Math.min(BACKOFF.mostMs, BACKOFF.firstMs * 2 ** (tries - 1)) * (0.5 + random() / 2);
