import { formatAmount } from '../text/format-amount';

const EXACT = Symbol('exact');

/** A number with all of its digits, which a floating-point number might not have. */
export type Decimal = { readonly [EXACT]: string };

export type ExactJson = string | null | bigint | Decimal | { readonly [name: string]: ExactJson };

/** An integer of 10^-decimals as a number of JSON: 1500000 with 9 decimals is 0.0015. */
export const toDecimal = (amount: bigint, decimals: number): Decimal => ({ [EXACT]: formatAmount(amount, decimals) });

export const toUsd = (nanoUsd: bigint): Decimal => toDecimal(nanoUsd, 9);

/** `dividend / divisor` with so many decimals, rounded half up; both at least 0. Null when there is nothing to divide by. */
export const toQuotient = (dividend: bigint, divisor: bigint, decimals: number): bigint | null =>
  divisor === 0n ? null : (2n * dividend * 10n ** BigInt(decimals) + divisor) / (2n * divisor);

/** JSON for people, two spaces a level, with every number exactly as it is. */
export const toExactJson = (value: ExactJson, indent = ''): string => {
  if (typeof value === 'bigint') return String(value);
  if (value === null || typeof value === 'string') return JSON.stringify(value);
  if (isDecimal(value)) return value[EXACT];
  const deeper = `${indent}  `;
  const lines = Object.entries(value).map(
    ([name, of]) => `${deeper}${JSON.stringify(name)}: ${toExactJson(of, deeper)}`,
  );
  return lines.length === 0 ? '{}' : `{\n${lines.join(',\n')}\n${indent}}`;
};

const isDecimal = (value: object): value is Decimal => EXACT in value;
