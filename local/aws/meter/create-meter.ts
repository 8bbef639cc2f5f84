import type { Meter, MeterFilter, MeterRow, MeterTotal } from './meter-row';

export type Consumption = Pick<MeterRow, 'principal' | 'table' | 'index' | 'operation'> & Partial<MeterTotal>;

export type MeterKeeper = Meter & {
  /** Adds what a call consumed. A table that a call touches many times is added once, with the sum. */
  add(consumption: Consumption): void;
};

const NOTHING: MeterTotal = { calls: 0, readUnits: 0, writeUnits: 0, readBytes: 0, writtenBytes: 0 };

export const createMeter = (): MeterKeeper => {
  const rows = new Map<string, MeterRow>();
  return {
    add: ({ principal, table, index, operation, ...consumed }) => {
      const place = { principal, table, ...(index !== undefined && { index }), operation };
      const id = JSON.stringify(place);
      const amount = { ...NOTHING, calls: 1, ...consumed };
      rows.set(id, { ...place, ...sum([rows.get(id) ?? NOTHING, amount]) });
    },
    rows: () => [...rows.values()],
    total: (filter = {}) => sum([...rows.values()].filter((row) => passes(row, filter))),
    reset: () => rows.clear(),
  };
};

const passes = (row: MeterRow, { principal, table, index, operation }: MeterFilter): boolean =>
  (principal === undefined || row.principal === principal) &&
  (table === undefined || row.table === table) &&
  (index === undefined || row.index === index) &&
  (operation === undefined || row.operation === operation);

const sum = (amounts: readonly MeterTotal[]): MeterTotal =>
  amounts.reduce(
    (total, amount) => ({
      calls: total.calls + amount.calls,
      readUnits: total.readUnits + amount.readUnits,
      writeUnits: total.writeUnits + amount.writeUnits,
      readBytes: total.readBytes + amount.readBytes,
      writtenBytes: total.writtenBytes + amount.writtenBytes,
    }),
    NOTHING,
  );
