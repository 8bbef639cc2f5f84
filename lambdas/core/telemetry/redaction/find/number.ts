import { DIGIT, endOfRun, is } from '../character-classes';
import { codeAt, codeBefore, type Matcher, note, type Scan } from '../scan';
import { AREA_SHAPES, INTERNATIONAL_SHAPES, IP_V4_SHAPE, NUMBER_SHAPES, type NumberShape } from './number-shapes';

/** Nothing that would make a number part of a longer word. */
const NO_MORE = '(?![0-9A-Za-z])';

type Shapes = { any: RegExp; each: readonly { shape: NumberShape; expression: RegExp }[] };

const toShapes = (shapes: readonly NumberShape[]): Shapes => ({
  any: new RegExp(`(?:${shapes.map(({ source }) => source).join('|')})${NO_MORE}`, 'iy'),
  each: shapes.map((shape) => ({ shape, expression: new RegExp(shape.source + NO_MORE, 'iy') })),
});

const NUMBERS = toShapes(NUMBER_SHAPES);
const NUMBERS_AND_ADDRESSES = toShapes([IP_V4_SHAPE, ...NUMBER_SHAPES]);
const INTERNATIONAL = toShapes(INTERNATIONAL_SHAPES);
const AREA = toShapes(AREA_SHAPES);

const LEAST_DIGITS = 7;
const DOT = 46;
const SPACE = 32;

/** At the first digit of card, social security, phone and IP numbers. */
export const findNumber: Matcher = (scan, at) => {
  const { text, end } = scan;
  const digits = endOfRun(text, at, Math.min(end, at + LEAST_DIGITS), DIGIT);
  if (digits - at < LEAST_DIGITS && !goesOn(scan, digits)) return at;
  return isFraction(scan, at) ? at : findShape(scan, at, scan.ipAddresses ? NUMBERS_AND_ADDRESSES : NUMBERS);
};

/** A separator that a shape may have, and another digit after it. */
const goesOn = (scan: Scan, at: number): boolean => {
  const code = codeAt(scan, at);
  const maySeparate = code === SPACE || (code >= 45 && code <= 47) || code > 127;
  return maySeparate && is(codeAt(scan, at + 1), DIGIT);
};

/** What stands after the full stop of a decimal number is no number of its own. */
const isFraction = (scan: Scan, at: number): boolean =>
  codeBefore(scan, at) === DOT && is(codeBefore(scan, at - 1), DIGIT);

/** At the plus of a number in international form. */
export const findInternationalPhone: Matcher = (scan, at) =>
  is(codeAt(scan, at + 1), DIGIT) ? findShape(scan, at, INTERNATIONAL) : at;

/** At the parenthesis of an area code. */
export const findAreaPhone: Matcher = (scan, at) => (is(codeAt(scan, at + 1), DIGIT) ? findShape(scan, at, AREA) : at);

const findShape = (scan: Scan, at: number, { any, each }: Shapes): number => {
  any.lastIndex = at;
  if (!any.test(scan.text)) return at;
  for (const { shape, expression } of each) {
    expression.lastIndex = at;
    if (!expression.test(scan.text)) continue;
    const text = scan.text.slice(at, expression.lastIndex);
    if (shape.isValid(text.replace(/\D/g, ''), text)) return note(scan, at, at + text.length, shape.kind);
  }
  return at;
};
