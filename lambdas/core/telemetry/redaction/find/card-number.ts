import { countDigits, DIGIT, is } from '../character-classes';

type Issuer = { from: number; to: number; lengths: readonly number[] };

/** Who issues cards: numbers that begin with `from` to `to`, and how many digits they have. */
const ISSUERS: Readonly<Record<string, readonly Issuer[]>> = {
  visa: [{ from: 4, to: 4, lengths: [13, 16, 19] }],
  mastercard: [
    { from: 51, to: 55, lengths: [16] },
    { from: 2221, to: 2720, lengths: [16] },
  ],
  americanExpress: [
    { from: 34, to: 34, lengths: [15] },
    { from: 37, to: 37, lengths: [15] },
  ],
  diners: [
    { from: 300, to: 305, lengths: [14, 16] },
    { from: 36, to: 36, lengths: [14, 16] },
    { from: 38, to: 39, lengths: [14, 16] },
  ],
  discover: [
    { from: 6011, to: 6011, lengths: [16, 19] },
    { from: 644, to: 659, lengths: [16, 19] },
  ],
  jcb: [{ from: 3528, to: 3589, lengths: [16, 17, 18, 19] }],
  unionPay: [
    { from: 62, to: 62, lengths: [16, 17, 18, 19] },
    { from: 81, to: 81, lengths: [16, 17, 18, 19] },
  ],
  maestro: [5018, 5020, 5038, 5893, 6304, 6759, 6761, 6762, 6763].map((prefix) => ({
    from: prefix,
    to: prefix,
    lengths: [13, 14, 15, 16, 17, 18, 19],
  })),
  mir: [{ from: 2200, to: 2204, lengths: [16, 17, 18, 19] }],
  ruPay: [
    { from: 60, to: 60, lengths: [16] },
    { from: 508, to: 508, lengths: [16] },
    { from: 82, to: 82, lengths: [16] },
  ],
  verve: [{ from: 5060, to: 5061, lengths: [16, 18, 19] }],
  troy: [{ from: 9792, to: 9792, lengths: [16] }],
};

const PREFIX_DIGITS = 4;
const ZERO = 48;

const firstDigit = ({ from }: Issuer): string => String(from).charAt(0);

/** For every four digits, a bit for each length that a card which begins with them may have. */
const LENGTHS = new Uint32Array(10 ** PREFIX_DIGITS);
for (const { from, to, lengths } of Object.values(ISSUERS).flat()) {
  const scale = 10 ** (PREFIX_DIGITS - String(from).length);
  const bits = lengths.reduce((sum, length) => sum | (1 << length), 0);
  for (let prefix = from * scale; prefix < (to + 1) * scale; prefix += 1)
    LENGTHS[prefix] = (LENGTHS[prefix] ?? 0) | bits;
}

/** The digits that cards begin with. */
export const CARD_LEADS = [...new Set(Object.values(ISSUERS).flatMap((issuers) => issuers.map(firstDigit)))].join('');

/** Whether some issuer's cards begin and count so, and the last digit checks the others. Begins with four digits. */
export const isCardNumber = (text: string): boolean => {
  const lengths = LENGTHS[Number(text.slice(0, PREFIX_DIGITS))] ?? 0;
  return lengths !== 0 && (lengths & (1 << countDigits(text))) !== 0 && passesLuhn(text);
};

/** Every second digit from the right doubled, the digits of all summed, divisible by ten. */
const passesLuhn = (text: string): boolean => {
  let sum = 0;
  let isDoubled = false;
  for (let at = text.length - 1; at >= 0; at -= 1) {
    const code = text.charCodeAt(at);
    if (!is(code, DIGIT)) continue;
    const digit = (code - ZERO) * (isDoubled ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
    isDoubled = !isDoubled;
  }
  return sum % 10 === 0;
};
