import type { RequestRecord } from '../core/ledger/record';
import { toRecordContext } from '../core/telemetry/log-fields';
import type { ReportRequest } from '../core/telemetry/ports';

/** The one terminal line of a request that could not report itself. */
export const createAnnounceAbandoned =
  ({ report }: { report: ReportRequest }) =>
  (record: RequestRecord): Promise<void> =>
    report(record, toRecordContext(record));
