import { countDigits } from '../character-classes';
import type { Kind } from '../kinds';
import { CARD_LEADS, isCardNumber } from './card-number';

/** How people write a number, and what of it is checked besides. */
export type NumberShape = {
  kind: Kind;
  /** How many digits it begins with, at least and at most, and which the first of them may be. */
  first: readonly [least: number, most: number, leads: string];
  /** A regular expression in which every repeat has an end, so that looking takes a bounded time. */
  source: string;
  isValid: (text: string) => boolean;
};

/** The same, with a character before its digits that leads to it. */
export type MarkedShape = Omit<NumberShape, 'first'>;

/** What stands between the digits of a number: one space, hyphen, full stop or slash, also the unbreakable ones. */
const S = '[ ./\\u00a0\\u202f\\u2010-\\u2013-]';

const ANY = '0123456789';

const always = (): boolean => true;

/** The ranges that the Social Security Administration gives out. */
const isAssigned = (text: string): boolean => !/^(?:000|666|9)|^...\D?00|0000$/.test(text);

const hasDigits = (least: number, most: number) => (text: string) => {
  const digits = countDigits(text);
  return digits >= least && digits <= most;
};

/** Zeros of versions and of counters begin other numbers; a decimal fraction has one full stop. */
const isTrunkNumber = (text: string): boolean =>
  hasDigits(9, 12)(text) && !/^\d+\.\d+$/.test(text) && new Set(text.match(/[^\d]/g)).size === 1;

const isByte = (part: string): boolean => Number(part) <= 255 && (part === '0' || !part.startsWith('0'));

const named = (names: string): string => `(?<=\\b(?:${names})(?: number| no\\.?| nr\\.?)?[:#]? {0,2})`;

/** In the order in which they are tried; what has a number of groups that varies stands once for each, the longest first. */
export const NUMBER_SHAPES: readonly NumberShape[] = [
  { kind: 'ssn', first: [3, 3, ANY], source: '\\d{3}(?<ssn>[ -])\\d{2}\\k<ssn>\\d{4}', isValid: isAssigned },
  {
    kind: 'credit_card',
    first: [4, 4, CARD_LEADS],
    source: `\\d{4}(?<card>${S})(?:\\d{4}\\k<card>\\d{4}\\k<card>\\d{4}(?:\\k<card>\\d{1,3})?|\\d{6}\\k<card>\\d{4,5}|\\d{4}\\k<card>\\d{5}|\\d{3}\\k<card>\\d{3}\\k<card>\\d{3})`,
    isValid: isCardNumber,
  },
  {
    kind: 'credit_card',
    first: [4, 4, CARD_LEADS],
    source: `\\d{4}(?<four>${S})\\d{4}\\k<four>\\d{4}\\k<four>\\d{4}`,
    isValid: isCardNumber,
  },
  { kind: 'credit_card', first: [13, 19, CARD_LEADS], source: '\\d{13,19}', isValid: isCardNumber },
  { kind: 'credit_card', first: [6, 6, CARD_LEADS], source: `\\d{6}${S}\\d{13}`, isValid: isCardNumber },
  {
    kind: 'phone',
    first: [1, 3, '123456789'],
    source: `(?:1${S})?[2-9]\\d\\d${S}[2-9]\\d\\d${S}\\d{4}`,
    isValid: always,
  },
  ...[4, 3, 2, 1].map((groups) => ({
    kind: 'phone' as const,
    first: [2, 6, '0'] as const,
    source: `0[1-9]\\d{0,4}(?:${S}\\d{2,8}){${groups}}`,
    isValid: isTrunkNumber,
  })),
  ...[5, 4, 3, 2].map((groups) => ({
    kind: 'phone' as const,
    first: [3, 5, '0'] as const,
    source: `00[1-9]\\d{0,2}(?:${S}\\d{1,8}){${groups}}`,
    isValid: hasDigits(11, 16),
  })),
  {
    kind: 'phone',
    first: [7, 15, ANY],
    source: `${named('phone|telephone|tel|fax|mobile|cell')}\\d{7,15}`,
    isValid: always,
  },
  { kind: 'ssn', first: [9, 9, ANY], source: `${named('ssn|social security')}\\d{9}`, isValid: isAssigned },
];

export const IP_V4_SHAPE: NumberShape = {
  kind: 'ip_address',
  first: [1, 3, ANY],
  source: '\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}(?!\\.\\d)',
  isValid: (text) => text.split('.').every(isByte),
};

/** After a plus: country code first, then digits in groups of any length, parentheses around some of them. */
export const INTERNATIONAL_SHAPES: readonly MarkedShape[] = [
  { kind: 'phone', source: '\\+[1-9]\\d{8,14}', isValid: always },
  { kind: 'phone', source: `\\+[1-9](?:(?:${S}|[()]){0,3}\\d){7,14}`, isValid: always },
];

/** The area code in parentheses. */
export const AREA_SHAPES: readonly MarkedShape[] = [
  { kind: 'phone', source: `\\([2-9]\\d\\d\\)${S}?[2-9]\\d\\d${S}\\d{4}`, isValid: always },
  ...[3, 2, 1, 0].map((groups) => ({
    kind: 'phone' as const,
    source: `\\(0[1-9]\\d{0,3}\\)${S}?\\d{2,8}(?:${S}\\d{2,8}){${groups}}`,
    isValid: hasDigits(9, 12),
  })),
];
