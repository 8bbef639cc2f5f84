import * as v from 'valibot';
import { type LedgerBatch, readStreamEvent } from '../core/counters/read-stream-event';

/** Lambda's record of a failed invocation; only its S3 destination adds the event, as JSON text. */
const invocationRecord = v.object({ payload: v.union([v.string(), v.looseObject({})]) });

/** Reads a kept failure. Throws when it is none, or when it came without its event. */
export const readFailure = (text: string): LedgerBatch => {
  const { payload } = v.parse(invocationRecord, JSON.parse(text));
  return readStreamEvent(typeof payload === 'string' ? JSON.parse(payload) : payload);
};
