import type { LedgerRecord } from '../../lambdas/core/ledger/record';
import { aStreamEvent } from '../support/a-stream-event';

const MOST_IN_BATCH = 100;
const TIMES_FED = 3;

/** A generator of numbers below 1 that gives the same ones in every run (mulberry32). */
const seeded = (seed: number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

const shuffled = <T>(all: readonly T[], random: () => number): T[] =>
  all
    .map((one) => ({ one, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ one }) => one);

/**
 * The events of a stream that brings every record several times, in orders and batches that differ each time: what
 * retries, bisected batches and re-drives do.
 */
export const replayedEvents = (records: readonly LedgerRecord[], seed = 1) => {
  const random = seeded(seed);
  const events: ReturnType<typeof aStreamEvent>[] = [];
  for (let time = 0; time < TIMES_FED; time += 1) {
    const left = time === 0 ? [...records] : shuffled(records, random);
    while (left.length > 0) events.push(aStreamEvent(left.splice(0, 1 + Math.floor(random() * MOST_IN_BATCH))));
  }
  return events;
};
