import type { Value } from './value';

/**
 * The documented order of `sort`, ascending: texts before numbers, where a text of nothing but digits is a number. Texts
 * are compared in chunks of digits and of other characters: digits by how many and then by value, others by code point.
 */
export const compareNaturally = (left: NonNullable<Value>, right: NonNullable<Value>): number => {
  const [a, b] = [toNumber(left), toNumber(right)];
  if (a !== undefined && b !== undefined) return a - b;
  if (a !== undefined) return 1;
  return b !== undefined ? -1 : compareTexts(String(left), String(right));
};

const toNumber = (value: NonNullable<Value>): number | undefined =>
  typeof value === 'number' || /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;

const compareTexts = (left: string, right: string): number => {
  const [a, b] = [toChunks(left), toChunks(right)];
  const at = a.findIndex((chunk, index) => chunk !== b[index]);
  const [mine, theirs] = [a[at], b[at]];
  if (mine === undefined) return a.length - b.length;
  return theirs === undefined ? 1 : compareChunks(mine, theirs);
};

const toChunks = (text: string): string[] => text.match(/\d+|\D+/g) ?? [];

const compareChunks = (left: string, right: string): number =>
  isDigits(left) && isDigits(right) && left.length !== right.length
    ? left.length - right.length
    : Number(left > right) - Number(left < right);

const isDigits = (text: string): boolean => /^\d/.test(text);
