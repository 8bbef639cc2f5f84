import type { ConnectionPool } from '../connection-pool';
import type { RequestRecord } from '../ledger/record';

/** What an execution environment knows of itself when a record is made. */
export type EnvironmentFacts = Pick<RequestRecord, 'previousFlushMs' | 'poolUsed'>;

export type EnvironmentSources = {
  pools: Readonly<Record<string, ConnectionPool>>;
  /** Milliseconds; undefined when nothing was handed over yet. */
  takeFlushMs: () => number | undefined;
};

/** Reads them. What a record keeps of them is rounded: its readers ask for no more. */
export const createReadEnvironment =
  ({ pools, takeFlushMs }: EnvironmentSources) =>
  (): EnvironmentFacts => {
    const flushMs = takeFlushMs();
    return {
      poolUsed: Object.fromEntries(Object.entries(pools).map(([pool, { used }]) => [pool, Number(used().toFixed(4))])),
      ...(flushMs !== undefined && { previousFlushMs: Number(flushMs.toFixed(3)) }),
    };
  };

/** Adds up how long the telemetry of one request takes to hand over, for the record of the next. */
export type FlushClock = {
  /** Carries out `work` and counts its time. */
  timed: <T>(work: () => Promise<T>) => Promise<T>;
  /** The milliseconds since it was taken last; undefined when nothing was handed over. */
  take: () => number | undefined;
};

/** `now` in milliseconds, of a clock that only runs forward. */
export const createFlushClock = (now: () => number): FlushClock => {
  let spentMs: number | undefined;
  return {
    timed: async (work) => {
      const startedAt = now();
      try {
        return await work();
      } finally {
        spentMs = (spentMs ?? 0) + now() - startedAt;
      }
    },
    take: () => {
      const taken = spentMs;
      spentMs = undefined;
      return taken;
    },
  };
};
