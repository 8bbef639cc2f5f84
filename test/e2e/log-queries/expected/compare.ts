import type { RequestRecord } from '../../../../lambdas/core/ledger/record';
import type { Compared, Facts, Rows } from './facts';
import { NANO_USD } from './of-records';

export const column = (rows: Rows, name: string): unknown[] => rows.map((row) => row[name]);
export const total = (rows: Rows, name: string): number => rows.reduce((sum, row) => sum + Number(row[name]), 0);
export const idsOf = (records: readonly RequestRecord[]): string[] => records.map(({ requestId }) => requestId).sort();

/** Rows by request against records by request, in any order. */
export const sameRequests = (rows: Rows, records: readonly RequestRecord[]): Compared => ({
  found: [...new Set(column(rows, 'request_id'))].sort(),
  expected: idsOf(records).length > 0 ? idsOf(records) : 'some requests',
});

/** Sums of doubles, as exact as money is. */
export const rounded = (value: number): number => Math.round(value * NANO_USD) / NANO_USD;

export const sumsOf = <T>(all: readonly T[], keyOf: (each: T) => string, amountOf: (each: T) => number) => {
  const sums: Record<string, number> = {};
  for (const each of all) sums[keyOf(each)] = rounded((sums[keyOf(each)] ?? 0) + amountOf(each));
  return sums;
};

/** One number per group, by the values that name the group. */
export const byGroup = (rows: Rows, names: readonly string[], amount: string): Record<string, number> =>
  sumsOf(
    rows,
    (row) => names.map((name) => row[name]).join(' '),
    (row) => Number(row[amount]),
  );

export const countMatching = ({ lines }: Facts, pattern: RegExp): number =>
  lines.filter(({ message }) => pattern.test(message)).length;
