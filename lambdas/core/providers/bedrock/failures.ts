import { ProviderError, type ProviderErrorKind } from '../../errors';

/** What a failure means for the attempt: see `ProviderError`. */
export type Verdict = { kind: ProviderErrorKind; retryable: boolean; fallback: boolean; maybeBilled: boolean };

/** Every way in which Bedrock fails. Only what was refused before any work began is known not to be billed. */
export const VERDICTS = {
  throttled: { kind: 'throttled', retryable: true, fallback: true, maybeBilled: false },
  overQuota: { kind: 'throttled', retryable: false, fallback: true, maybeBilled: false },
  notReady: { kind: 'unavailable', retryable: true, fallback: true, maybeBilled: false },
  unreachable: { kind: 'unavailable', retryable: true, fallback: true, maybeBilled: false },
  failed: { kind: 'unavailable', retryable: true, fallback: true, maybeBilled: true },
  modelFailed: { kind: 'unavailable', retryable: false, fallback: true, maybeBilled: true },
  tookTooLong: { kind: 'timeout', retryable: false, fallback: true, maybeBilled: true },
  cut: { kind: 'cut', retryable: true, fallback: true, maybeBilled: true },
  unreadable: { kind: 'malformed', retryable: false, fallback: true, maybeBilled: true },
  rejected: { kind: 'rejected', retryable: false, fallback: false, maybeBilled: false },
  denied: { kind: 'denied', retryable: false, fallback: true, maybeBilled: false },
  notFound: { kind: 'not_found', retryable: false, fallback: true, maybeBilled: false },
} as const satisfies Record<string, Verdict>;

/** `message` is for the operator's log and holds nothing that Bedrock wrote; that is in `cause`. */
export const toFailure = ({ kind, ...verdict }: Verdict, message: string, cause?: unknown): ProviderError =>
  new ProviderError(kind, message, { ...verdict, cause });
