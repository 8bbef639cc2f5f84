import type { LedgerRecord, RequestRecord } from '../ledger/record';
import { readReadings } from '../platform/read-readings';
import type { GaugeReading } from './readings';
import { requestReadings } from './request-readings';

export type NotePresentDeps = {
  noteReadings: (readings: readonly GaugeReading[]) => Promise<void>;
  noteSessions: (records: readonly RequestRecord[]) => Promise<void>;
};

/**
 * Notes what records say of the present: what gauges showed, and which sessions there are. Noting the same records again
 * changes nothing, so this needs no markers.
 */
export const createNotePresent =
  ({ noteReadings, noteSessions }: NotePresentDeps) =>
  async (records: readonly LedgerRecord[], ...more: readonly GaugeReading[]): Promise<void> => {
    const requests = records.flatMap((record) => (record.kind === 'request' ? [record] : []));
    const reported = records.flatMap((record): GaugeReading[] =>
      record.kind === 'platform' ? readReadings(record) : [],
    );
    await Promise.all([
      noteReadings([...requests.flatMap(requestReadings), ...reported, ...more]),
      noteSessions(requests),
    ]);
  };
