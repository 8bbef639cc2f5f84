import type { InFlight, InFlightItems } from '../core/ledger/in-flight';
import type { Charge, Hold, Limits, Scope } from '../core/ledger/limits';
import type { RequestRecord } from '../core/ledger/record';
import type { Records } from '../core/ledger/records';

export type FinishDeadDeps = {
  records: Records;
  limits: Limits;
  inFlight: InFlightItems;
  /** Called for a record that this call wrote. */
  announce: (record: RequestRecord) => Promise<void>;
};

/** What a live hold becomes: a known cost, the whole hold, or nothing because no provider was asked. */
type Fate = { nanoUsd: number } | 'in_full' | 'given_back';

const sum = (amounts: readonly number[]): number => amounts.reduce((total, amount) => total + amount, 0);

/**
 * Finishes requests whose process died. With a terminal record there, only what that record owes is released; without
 * one the request becomes `abandoned`: charged its hold if a provider may have been asked, nothing otherwise.
 * Every step may be repeated.
 */
export const createFinishDead = ({ records, limits, inFlight, announce }: FinishDeadDeps) => {
  const release = async (scope: Scope, holdId: string, fate: Fate): Promise<void> => {
    const stored = await limits.read(scope.pk, holdId);
    if (stored === undefined) return;
    // The rate windows that it counted against are over by the end of any lease.
    const taken: Hold = { ...stored, id: holdId, requests: 0, tokens: 0 };
    const charge: Charge = { requests: 0, tokens: 0, nanoUsd: typeof fate === 'object' ? fate.nanoUsd : 0 };
    await limits.settle(scope, taken, fate === 'in_full' ? 'in_full' : charge);
  };

  const releaseAll = async ({ scopes, hold, earlier }: InFlight, fate: Fate): Promise<void> => {
    const fates: [holdId: string, fate: Fate][] = [
      [hold.id, fate],
      ...earlier.map(({ id, chargedNanoUsd }): [string, Fate] => [id, chargedNanoUsd > 0 ? 'in_full' : 'given_back']),
    ];
    await Promise.all(scopes.flatMap((scope) => fates.map(([holdId, of]) => release(scope, holdId, of))));
  };

  const owed = (item: InFlight, record: RequestRecord): Fate => ({
    nanoUsd: record.costNanoUsd - sum(item.earlier.map(({ chargedNanoUsd }) => chargedNanoUsd)),
  });

  /** A provider is asked only once every limited scope holds; without limited scopes nobody can tell, so it counts as asked. */
  const heldFor = async ({ scopes, hold }: InFlight): Promise<number | undefined> => {
    const stored = await Promise.all(scopes.map(({ pk }) => limits.read(pk, hold.id)));
    if (stored.some((found) => found === undefined)) return undefined;
    return stored[0]?.nanoUsd ?? hold.nanoUsd;
  };

  const abandon = async (item: InFlight): Promise<Fate> => {
    const held = await heldFor(item);
    const costNanoUsd = (held ?? 0) + sum(item.earlier.map(({ chargedNanoUsd }) => chargedNanoUsd));
    const record: RequestRecord = {
      ...item.draft,
      outcome: 'abandoned',
      costNanoUsd,
      heldNanoUsd: costNanoUsd,
      unmetered: costNanoUsd > 0,
    };
    const written = await records.put(record);
    if (!written.written) return owed(item, written.existing);
    await announce(record);
    return held === undefined ? 'given_back' : 'in_full';
  };

  /** Returns whether the request had to be abandoned. */
  return async (item: InFlight): Promise<'released' | 'abandoned'> => {
    const record = await records.get(item.requestId);
    const fate = record ? owed(item, record) : await abandon(item);
    await releaseAll(item, fate);
    await inFlight.close(item);
    return record ? 'released' : 'abandoned';
  };
};
