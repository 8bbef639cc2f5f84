import { type InFlight, type InFlightItems, readInFlight } from '../core/ledger/in-flight';

export type Swept = { released: number; abandoned: number };

/**
 * Finishes every request whose lease has ended. One that fails does not hold up the others: it stays for the next run,
 * and the run ends as failed, so that the function's error metric tells.
 */
export const createSweep =
  (deps: {
    inFlight: Pick<InFlightItems, 'expired'>;
    finishDead: (item: InFlight) => Promise<'released' | 'abandoned'>;
    now: () => number;
  }) =>
  async (): Promise<Swept> => {
    const swept = { released: 0, abandoned: 0 };
    const failures: unknown[] = [];
    for await (const item of deps.inFlight.expired(deps.now())) {
      try {
        swept[await deps.finishDead(readInFlight(item))]++;
      } catch (error) {
        failures.push(new Error(`The request of item ${item.sk} could not be finished.`, { cause: error }));
      }
    }
    if (failures.length > 0)
      throw new AggregateError(
        failures,
        `${failures.length} requests could not be finished; they are tried again in a minute.`,
      );
    return swept;
  };
