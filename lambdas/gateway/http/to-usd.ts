const DIGITS = 9;

/** Nano-dollars as a decimal number of dollars: exact, without an exponent, valid as a JSON number (`12450000` -> `0.01245`). */
export const toUsd = (nanoUsd: number): string => {
  const sign = nanoUsd < 0 ? '-' : '';
  const digits = Math.abs(nanoUsd)
    .toString()
    .padStart(DIGITS + 1, '0');
  const fraction = digits.slice(-DIGITS).replace(/0+$/, '');
  return `${sign}${digits.slice(0, -DIGITS)}${fraction && '.'}${fraction}`;
};
