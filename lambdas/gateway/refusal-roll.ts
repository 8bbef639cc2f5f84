import type { RequestRecord } from '../core/ledger/record';
import { minuteOf } from '../core/ledger/windows';

const MAX_ROLLS = 1_000;

/** Nothing was held, asked or answered: the record says only that a caller was refused, and why. */
const isRefusal = ({ errorCode, attempts, outcome }: RequestRecord): boolean =>
  errorCode !== undefined && attempts.length === 0 && outcome !== 'error';

export type RefusalRoll = ReturnType<typeof createRefusalRoll>;

/**
 * Rolls a caller's repeated refusals of one kind into one counted record a minute, so that a flood of them does not buy
 * writes. Of one kind are refusals that no label of a metric tells apart: the count stands for all of them.
 * The first of a minute is written at once; the others wait in memory for the next request after the minute, and are
 * lost with the environment if none comes.
 */
export const createRefusalRoll = () => {
  const rolls = new Map<string, { minute: number; repeated: RequestRecord | undefined }>();

  const take = (isDue: (minute: number) => boolean): RequestRecord[] => {
    const due = [...rolls].filter(([, { minute }]) => isDue(minute));
    for (const [key] of due) rolls.delete(key);
    return due.flatMap(([, { repeated }]) => repeated ?? []);
  };

  /** The records to write now: those of minutes that are over, and `record` unless it was rolled up. */
  const add = (record: RequestRecord, now: number): RequestRecord[] => {
    const minute = minuteOf(now);
    const due = take((started) => started !== minute || rolls.size > MAX_ROLLS);
    if (!isRefusal(record)) return [...due, record];
    const key = `${record.keyId} ${record.errorCode} ${record.model} ${record.streamed}`;
    const roll = rolls.get(key);
    if (roll === undefined) {
      rolls.set(key, { minute, repeated: undefined });
      return [...due, record];
    }
    roll.repeated = roll.repeated ? { ...roll.repeated, count: roll.repeated.count + 1 } : record;
    return due;
  };

  return { add };
};
