import type { RequestRecord } from '../core/ledger/record';
import type { Log, LogContext, ReportRequest } from '../core/telemetry/ports';

export type AnnounceDeps = { log: Log; report: ReportRequest };

/** Tells of a record that this process wrote. `failure` is what its error was made of. */
export type Announce = (record: RequestRecord, context: LogContext, failure?: unknown) => Promise<void>;

const isFallbackSuccess = ({ outcome, attempts }: RequestRecord): boolean =>
  outcome === 'success' && attempts.some(({ model }) => model !== attempts.at(-1)?.model);

/** The one terminal line of a record, and the events that its end means besides. */
export const createAnnounce =
  ({ log, report }: AnnounceDeps): Announce =>
  async (record, context, failure) => {
    const { endpoint, model, provider, outcome, errorCode, count, attempts } = record;
    if (outcome === 'rate_limited')
      log.event('rate_limit_exceeded', context, { endpoint, model, error_code: errorCode, requests: count });
    if (isFallbackSuccess(record))
      log.event('fallback_success', context, { model, provider, attempts: attempts.length });
    await report(record, context, failure);
  };
