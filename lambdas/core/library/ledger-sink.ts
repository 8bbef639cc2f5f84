import type { PlatformRecords } from '../ledger/platform-records';
import { createGuardBatch } from '../platform/guard-batch';
import type { TelemetryNames } from '../platform/label-names';
import { readBatch } from '../platform/read-batch';
import { toReportId } from '../platform/report-id';
import { toPlatformRecords } from '../platform/to-platform-records';
import { type Report, type Sink, SinkError } from './sink';

export type LedgerSinkOptions = {
  records: Pick<PlatformRecords, 'put'>;
  /** The values that the deployment has named. */
  names: TelemetryNames;
  /** Whose telemetry it is. */
  accountId: string;
  /** Milliseconds since the epoch. */
  now: () => number;
};

/** Who reports from within the stack has no API key. */
const NO_KEY = 'internal';

/**
 * Writes reports to the ledger, for functions of the stack that may. Rejects with what the store throws, and with a
 * `SinkError` for a report that will never be taken.
 */
export const createLedgerSink = ({ records, names, accountId, now }: LedgerSinkOptions): Sink => {
  const guard = createGuardBatch(names);
  return async (report) => {
    const batch = readReport(report);
    const requestId = toReportId(accountId, report.id);
    const origin = { requestId, accountId, keyId: NO_KEY, receivedAt: now() };
    await records.put(toPlatformRecords(guard(batch), origin));
  };
};

const readReport = ({ service, events }: Report) => {
  try {
    return readBatch({ service, events });
  } catch (cause) {
    const fault = cause instanceof Error ? cause.message : 'It cannot be read.';
    throw new SinkError(`The report was refused: ${fault}`, { retryable: false, cause });
  }
};
