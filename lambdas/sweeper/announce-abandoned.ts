import type { RequestRecord } from '../core/ledger/record';
import { toLogFields } from '../core/telemetry/log-fields';
import type { EmitRequest, Log } from '../core/telemetry/ports';

/** The one log event and EMF document of a request that could not report itself. */
export const createAnnounceAbandoned =
  ({ log, emit }: { log: Log; emit: EmitRequest }) =>
  async (record: RequestRecord): Promise<void> => {
    const context = { ...record, sessionId: record.sessionId, traceId: record.traceId };
    log.event('request_abandoned', context, toLogFields(record));
    await emit(record);
  };
