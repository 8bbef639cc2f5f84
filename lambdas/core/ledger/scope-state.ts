import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { attributes, isInPeriod, pastWindows } from './windows';

type Item = Record<string, AttributeValue>;

/** What a hold keeps in its scope's item: the amount, and when it was taken, which says what windows it counts against. */
export type StoredHold = { nanoUsd: number; takenAt: number };

/** How far a scope's windows are used, as its item says. */
export type ScopeState = {
  requests: number;
  tokens: number;
  /** Spent and held in this period. */
  committedNanoUsd: number;
  /** The held part of `committedNanoUsd`. */
  heldNanoUsd: number;
  inFlight: number;
  past: string[];
};

const numberIn = (item: Item, name: string): number => Number(item[name]?.N ?? 0);

/** A hold is stored as the list [nanoUsd, takenAt]: its attribute name and value count against every write's size. */
export const toStoredHold = ({ nanoUsd, takenAt }: StoredHold): AttributeValue => ({
  L: [{ N: String(nanoUsd) }, { N: String(takenAt) }],
});

export const readStoredHold = (value: AttributeValue | undefined): StoredHold | undefined => {
  const [nanoUsd, takenAt] = value?.L ?? [];
  return nanoUsd?.N === undefined || takenAt?.N === undefined
    ? undefined
    : { nanoUsd: Number(nanoUsd.N), takenAt: Number(takenAt.N) };
};

const heldIn = (item: Item, period: string): number =>
  Object.entries(item)
    .filter(([name]) => name.startsWith(attributes.hold('')))
    .map(([, value]) => readStoredHold(value))
    .reduce((sum, hold) => sum + (hold && isInPeriod(hold.takenAt, period) ? hold.nanoUsd : 0), 0);

/** Reads a scope's item as of one minute and one budget period. */
export const readScopeState = (item: Item, window: { minute: number; period: string; now: number }): ScopeState => ({
  requests: numberIn(item, attributes.requests(window.minute)),
  tokens: numberIn(item, attributes.tokens(window.minute)),
  committedNanoUsd: numberIn(item, attributes.committed(window.period)),
  heldNanoUsd: heldIn(item, window.period),
  inFlight: numberIn(item, attributes.inFlight),
  past: pastWindows(Object.keys(item), window.now),
});
