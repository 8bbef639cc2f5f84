import type { Kind } from '../kinds';
import { isCardNumber } from './card-number';

/** How people write a number, and what of it is checked besides. */
export type NumberShape = {
  kind: Kind;
  /** A regular expression in which every repeat has an end, so that looking takes a bounded time. */
  source: string;
  isValid: (digits: string, text: string) => boolean;
};

/** What stands between the digits of a number: one space, hyphen, full stop or slash, also the unbreakable ones. */
const S = '[ ./\\u00a0\\u202f\\u2010-\\u2013-]';

const always = (): boolean => true;

/** The ranges that the Social Security Administration gives out. */
const isAssigned = (digits: string): boolean =>
  !/^(?:000|666|9)/.test(digits) && digits.slice(3, 5) !== '00' && digits.slice(5) !== '0000';

const hasDigits = (least: number, most: number) => (digits: string) => digits.length >= least && digits.length <= most;

/** Zeros of versions and of counters begin other numbers; a decimal fraction has one full stop. */
const isTrunkNumber = (digits: string, text: string): boolean =>
  hasDigits(9, 12)(digits) && !/^\d+\.\d+$/.test(text) && new Set(text.match(/[^\d]/g)).size === 1;

const isByte = (part: string): boolean => Number(part) <= 255 && (part === '0' || !part.startsWith('0'));

const named = (names: string): string => `(?<=\\b(?:${names})(?: number| no\\.?| nr\\.?)?[:#]? {0,2})`;

/** In the order in which they are tried; what has a number of groups that varies stands once for each, the longest first. */
export const NUMBER_SHAPES: readonly NumberShape[] = [
  { kind: 'ssn', source: '\\d{3}(?<ssn>[ -])\\d{2}\\k<ssn>\\d{4}', isValid: isAssigned },
  {
    kind: 'credit_card',
    source: `\\d{4}(?<card>${S})(?:\\d{4}\\k<card>\\d{4}\\k<card>\\d{4}(?:\\k<card>\\d{1,3})?|\\d{6}\\k<card>\\d{4,5}|\\d{4}\\k<card>\\d{5}|\\d{3}\\k<card>\\d{3}\\k<card>\\d{3})`,
    isValid: isCardNumber,
  },
  {
    kind: 'credit_card',
    source: `\\d{4}(?<four>${S})\\d{4}\\k<four>\\d{4}\\k<four>\\d{4}`,
    isValid: isCardNumber,
  },
  { kind: 'credit_card', source: '\\d{13,19}', isValid: isCardNumber },
  { kind: 'credit_card', source: `\\d{6}${S}\\d{13}`, isValid: isCardNumber },
  {
    kind: 'phone',
    source: `(?:1${S})?[2-9]\\d\\d${S}[2-9]\\d\\d${S}\\d{4}`,
    isValid: always,
  },
  ...[4, 3, 2, 1].map((groups) => ({
    kind: 'phone' as const,
    source: `0[1-9]\\d{0,4}(?:${S}\\d{2,8}){${groups}}`,
    isValid: isTrunkNumber,
  })),
  ...[5, 4, 3, 2].map((groups) => ({
    kind: 'phone' as const,
    source: `00[1-9]\\d{0,2}(?:${S}\\d{1,8}){${groups}}`,
    isValid: hasDigits(11, 16),
  })),
  { kind: 'phone', source: `${named('phone|telephone|tel|fax|mobile|cell')}\\d{7,15}`, isValid: always },
  { kind: 'ssn', source: `${named('ssn|social security')}\\d{9}`, isValid: isAssigned },
];

export const IP_V4_SHAPE: NumberShape = {
  kind: 'ip_address',
  source: '\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}(?!\\.\\d)',
  isValid: (_, text) => text.split('.').every(isByte),
};

/** After a plus: country code first, then digits in groups of any length, parentheses around some of them. */
export const INTERNATIONAL_SHAPES: readonly NumberShape[] = [
  { kind: 'phone', source: '\\+[1-9]\\d{8,14}', isValid: always },
  { kind: 'phone', source: `\\+[1-9](?:(?:${S}|[()]){0,3}\\d){7,14}`, isValid: always },
];

/** The area code in parentheses. */
export const AREA_SHAPES: readonly NumberShape[] = [
  { kind: 'phone', source: `\\([2-9]\\d\\d\\)${S}?[2-9]\\d\\d${S}\\d{4}`, isValid: always },
  ...[3, 2, 1, 0].map((groups) => ({
    kind: 'phone' as const,
    source: `\\(0[1-9]\\d{0,3}\\)${S}?\\d{2,8}(?:${S}\\d{2,8}){${groups}}`,
    isValid: hasDigits(9, 12),
  })),
];
