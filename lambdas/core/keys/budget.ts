import type { Limits } from './account';

export type Budget = NonNullable<Limits['budget']>;

const NANO_DIGITS = 9;
/** A million dollars: sums of amounts stay far inside the integers that a number holds exactly. */
export const MAX_BUDGET_NANO_USD = 1_000_000 * 10 ** NANO_DIGITS;

/** Reads `25/month` or `2.50/day`, in US dollars, exactly. Undefined for anything else, for nothing, and above a million. */
export const parseBudget = (text: string): Budget | undefined => {
  const read = /^\$?(\d{1,7})(?:\.(\d{1,9}))?\/(day|month)$/.exec(text);
  if (!read) return undefined;
  const [, dollars = '', fraction = '', period] = read;
  // Digits are put side by side: no float ever holds an amount with a fraction.
  const nanoUsd = Number(dollars + fraction.padEnd(NANO_DIGITS, '0'));
  if (nanoUsd < 1 || nanoUsd > MAX_BUDGET_NANO_USD) return undefined;
  return { nanoUsd, period: period === 'day' ? 'day' : 'month' };
};

/** `$25/month`, `$2.50/day`: the amount exactly, with as many digits as it needs. */
export const formatBudget = ({ nanoUsd, period }: Budget): string => {
  const digits = String(nanoUsd).padStart(NANO_DIGITS + 1, '0');
  const fraction = digits.slice(-NANO_DIGITS).replace(/0+$/, '');
  const cents = fraction === '' ? '' : `.${fraction.padEnd(2, '0')}`;
  return `$${digits.slice(0, -NANO_DIGITS)}${cents}/${period}`;
};
