import type { LedgerRecord } from '../ledger/record';
import type { CounterStore } from './counter-store';
import { anotherLane, randomLane } from './lanes';
import { type CountedRecord, mergeIncrements, planChunks, toCountedRecord } from './plan-chunks';

export type ApplyRecords = (records: readonly LedgerRecord[]) => Promise<void>;

export type ApplyRecordsDeps = {
  store: CounterStore;
  /** At least 0, below 1. */
  random: () => number;
  pause: (milliseconds: number) => Promise<void>;
};

const MOST_TRIES = 20;
const BACKOFF = { firstMs: 10, mostMs: 500 };

/**
 * Counts records that have not been counted yet. May be called with any records, in any order, any number of times and
 * by many at once: each record is counted exactly once. Rejects when the store fails; what was counted stays counted.
 */
export const createApplyRecords = (deps: ApplyRecordsDeps): ApplyRecords => {
  const { store, random, pause } = deps;

  const applyChunk = async (chunk: readonly CountedRecord[]): Promise<void> => {
    let lane = randomLane(random);
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const counted = await store.counted(chunk.map(({ id }) => id));
      const fresh = chunk.filter(({ id }) => !counted.has(id));
      if (fresh.length === 0) return;
      const increments = mergeIncrements(fresh.map((record) => record.increments));
      if ((await store.commit({ ids: fresh.map(({ id }) => id), increments, lane })) === 'committed') return;
      // Either another chunk had the lane, or it counted some of these records: look again, and go elsewhere.
      lane = anotherLane(lane, random);
      await pause(random() * Math.min(BACKOFF.mostMs, BACKOFF.firstMs * 2 ** tries));
    }
    throw new Error(`The counters were contended ${MOST_TRIES} times in a row. Feed the records again later.`);
  };

  return async (records) => {
    const unique = new Map(records.map((record) => toCountedRecord(record)).map((record) => [record.id, record]));
    for (const chunk of planChunks([...unique.values()])) await applyChunk(chunk);
  };
};
