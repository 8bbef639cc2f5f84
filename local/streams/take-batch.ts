import { EVENT_LIMIT_BYTES } from '../lambda/functions';
import type { StreamRecord } from './stream-record';

/** Room for what stands around the records in the event. */
const OVERHEAD_BYTES = 1024;

/** How many records, from the first on, go into one event: at most `batchSize`, and no more than an event can hold. */
export const countForBatch = (records: readonly StreamRecord[], batchSize: number): number => {
  let bytes = OVERHEAD_BYTES;
  let count = 0;
  for (const record of records.slice(0, batchSize)) {
    bytes += Buffer.byteLength(JSON.stringify(record)) + 1;
    if (bytes > EVENT_LIMIT_BYTES && count > 0) break;
    count += 1;
  }
  return count;
};
