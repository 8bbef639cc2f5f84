import { GatewayError } from '../core/errors';
import type { Caller } from '../core/keys/account';
import type { PlatformRecords, WrittenReport } from '../core/ledger/platform-records';
import type { createGuardBatch, Replaced } from '../core/platform/guard-batch';
import type { PlatformRecord } from '../core/platform/record';
import { toReportId } from '../core/platform/report-id';
import { toPlatformRecords } from '../core/platform/to-platform-records';
import type { Report } from './read-report';

export type AcceptReportDeps = {
  guard: ReturnType<typeof createGuardBatch>;
  records: Pick<PlatformRecords, 'put'>;
  newId: () => string;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/** Who sent a report, and when it came. */
export type Sender = { caller: Caller; correlationId: string; receivedAt: number; digest: string };

/** What a service is told of its report. */
export type Receipt = {
  id: string;
  accepted: number;
  overflowed: Replaced[];
  /** It had come before: nothing was counted again. */
  repeated: boolean;
};

/**
 * Guards a report and writes it, once. Throws `GatewayError`: `invalid_request` when its key names another report,
 * `store_unavailable` when it could not be written; the same report may then be sent again.
 */
export const createAcceptReport =
  ({ guard, records, newId, now }: AcceptReportDeps) =>
  async (report: Report, { caller, correlationId, receivedAt, digest }: Sender): Promise<Receipt> => {
    const { accountId } = caller.account;
    const guarded = guard(report);
    const parts = toPlatformRecords(guarded, {
      requestId: toReportId(accountId, report.idempotencyKey ?? newId()),
      correlationId,
      accountId,
      keyId: caller.key.keyId,
      receivedAt,
      digest,
      intakeMs: Math.max(0, now() - receivedAt),
    });
    const written = await records.put(parts).catch(refuseUnwritten);
    const receipt = { id: parts[0]?.requestId ?? '', accepted: report.events.length, overflowed: guarded.replaced };
    return { ...receipt, repeated: isRepeat(written, parts[0]) };
  };

/** An own record found there was written by an attempt whose answer was lost. */
const isRepeat = (written: WrittenReport, own: PlatformRecord | undefined): boolean => {
  if (!written.repeated) return false;
  const { existing } = written;
  if (existing.digest === own?.digest) return existing.receivedAt !== own?.receivedAt;
  throw new GatewayError(
    'invalid_request',
    'This idempotency key was used for another report: give every report a key of its own, and the same one only when it is sent again.',
    { param: 'idempotency-key' },
  );
};

const refuseUnwritten = (cause: unknown): never => {
  throw new GatewayError('store_unavailable', 'The report cannot be written at the moment. Send it again shortly.', {
    retryAfterSeconds: 1,
    cause,
  });
};
