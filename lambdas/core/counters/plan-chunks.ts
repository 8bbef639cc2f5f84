import type { LedgerRecord } from '../ledger/record';
import { measure } from '../telemetry/measure';
import type { Increments } from './counter-store';
import { fold } from './fold';
import { rollUps } from './roll-ups';

/** A record that is to be counted, under the id of its marker. */
export type CountedRecord = { id: string; increments: Increments };

/** A transaction takes 100 items; an update expression takes 4 KB, which is room for some 400 attributes. */
const MOST_ITEMS = 96;
const MOST_ATTRIBUTES = 300;

export const toCountedRecord = (record: LedgerRecord): CountedRecord => ({
  id: record.kind === 'correction' ? `${record.requestId}#correction` : record.requestId,
  increments: mergeIncrements([fold(measure(record)), rollUps(record)]),
});

/** Adds up increments. */
export const mergeIncrements = (all: readonly Increments[]): Increments => {
  const families = new Map<string, Map<string, number>>();
  for (const [family, attributes] of all.flatMap((increments) => [...increments])) {
    if (attributes.size === 0) continue;
    const sums = families.get(family) ?? new Map<string, number>();
    for (const [attribute, by] of attributes) sums.set(attribute, (sums.get(attribute) ?? 0) + by);
    families.set(family, sums);
  }
  return families;
};

/** Cuts records into chunks of which each fits one transaction: a marker per record, and one item per family. */
export const planChunks = (records: readonly CountedRecord[]): CountedRecord[][] => {
  const chunks: CountedRecord[][] = [];
  let size = createSize();
  for (const record of records) {
    const last = chunks.at(-1);
    if (last === undefined || !size.takes(record)) {
      size = createSize();
      chunks.push([record]);
    } else last.push(record);
    size.add(record);
  }
  return chunks;
};

const createSize = () => {
  let markers = 0;
  const families = new Map<string, Set<string>>();
  const attributesWith = (family: string, attributes: ReadonlyMap<string, number>): Set<string> =>
    new Set([...(families.get(family) ?? []), ...attributes.keys()]);
  return {
    takes: ({ increments }: CountedRecord): boolean => {
      const items = markers + 1 + new Set([...families.keys(), ...increments.keys()]).size;
      const fits = [...increments].every(
        ([family, attributes]) => attributesWith(family, attributes).size <= MOST_ATTRIBUTES,
      );
      return items <= MOST_ITEMS && fits;
    },
    add: ({ increments }: CountedRecord): void => {
      markers += 1;
      for (const [family, attributes] of increments) families.set(family, attributesWith(family, attributes));
    },
  };
};
