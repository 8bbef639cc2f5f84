import { DIGIT, endOfRun, is } from '../character-classes';
import { codeAt, codeBefore, type Matcher, note, type Scan } from '../scan';
import {
  AREA_SHAPES,
  INTERNATIONAL_SHAPES,
  IP_V4_SHAPE,
  type MarkedShape,
  NUMBER_SHAPES,
  type NumberShape,
} from './number-shapes';

/** Nothing that would make a number part of a longer word. */
const NO_MORE = '(?![0-9A-Za-z])';

type Shape = MarkedShape & { expression: RegExp };

const toShape = (shape: MarkedShape): Shape => ({ ...shape, expression: new RegExp(shape.source + NO_MORE, 'iy') });

const LONGEST_RUN = 19;
const ZERO = 48;

const indexOf = (lead: number, length: number): number => lead * (LONGEST_RUN + 1) + length;

type Beginning = Pick<NumberShape, 'first'> & { shape: Shape };

const toBeginning = ({ first, ...shape }: NumberShape): Beginning => ({ first, shape: toShape(shape) });

/** The shapes that begin with a digit and with so many digits, each list in the order in which they are tried. */
const byBeginning = (beginnings: readonly Beginning[]): readonly (readonly Shape[])[] => {
  const table = Array.from({ length: indexOf(10, 0) }, (): Shape[] => []);
  for (const {
    first: [least, most, leads],
    shape,
  } of beginnings) {
    for (const lead of leads) {
      for (let length = least; length <= most; length += 1) table[indexOf(Number(lead), length)]?.push(shape);
    }
  }
  return table;
};

const NUMBER_BEGINNINGS = NUMBER_SHAPES.map(toBeginning);
const NUMBERS = byBeginning(NUMBER_BEGINNINGS);
const NUMBERS_AND_ADDRESSES = byBeginning([toBeginning(IP_V4_SHAPE), ...NUMBER_BEGINNINGS]);
const INTERNATIONAL = INTERNATIONAL_SHAPES.map(toShape);
const AREA = AREA_SHAPES.map(toShape);

/** What a number has that is not an address, in one piece or in groups. */
const LEAST_DIGITS = { inOne: 7, inGroups: 9 } as const;
const DOT = 46;
const SPACE = 32;

/** At the first digit of card, social security, phone and IP numbers. */
export const findNumber: Matcher = (scan, at) => {
  const { text, end } = scan;
  const length = endOfRun(text, at, Math.min(end, at + LONGEST_RUN + 1), DIGIT) - at;
  if (length > LONGEST_RUN || (length < LEAST_DIGITS.inOne && !goesOn(scan, at, length))) return at;
  if (isFraction(scan, at)) return at;
  const shapes = scan.ipAddresses ? NUMBERS_AND_ADDRESSES : NUMBERS;
  return findShape(scan, at, shapes[indexOf(text.charCodeAt(at) - ZERO, length)] ?? []);
};

/** Whether groups of digits follow, each after one separator, that make the least number; an address may have few. */
const goesOn = (scan: Scan, start: number, length: number): boolean => {
  const { text, end, ipAddresses } = scan;
  let digits = length;
  let at = start + length;
  while (digits < LEAST_DIGITS.inGroups && maySeparate(codeAt(scan, at)) && is(codeAt(scan, at + 1), DIGIT)) {
    if (ipAddresses) return true;
    const group = at + 1;
    at = endOfRun(text, group, Math.min(end, group + LEAST_DIGITS.inGroups), DIGIT);
    digits += at - group;
  }
  return digits >= LEAST_DIGITS.inGroups;
};

/** One of those that shapes have, or another beyond ASCII. */
const maySeparate = (code: number): boolean => code === SPACE || (code >= 45 && code <= 47) || code > 127;

/** What stands after the full stop of a decimal number is no number of its own. */
const isFraction = (scan: Scan, at: number): boolean =>
  codeBefore(scan, at) === DOT && is(codeBefore(scan, at - 1), DIGIT);

/** At the plus of a number in international form. */
export const findInternationalPhone: Matcher = (scan, at) =>
  is(codeAt(scan, at + 1), DIGIT) ? findShape(scan, at, INTERNATIONAL) : at;

/** At the parenthesis of an area code. */
export const findAreaPhone: Matcher = (scan, at) => (is(codeAt(scan, at + 1), DIGIT) ? findShape(scan, at, AREA) : at);

const findShape = (scan: Scan, at: number, shapes: readonly Shape[]): number => {
  for (const { expression, isValid, kind } of shapes) {
    expression.lastIndex = at;
    if (!expression.test(scan.text)) continue;
    const end = expression.lastIndex;
    if (isValid(scan.text.slice(at, end))) return note(scan, at, end, kind);
  }
  return at;
};
