import { type Expression, InsightsError } from './query';
import type { TokenReader } from './token-reader';

const KEYWORDS = new Set(['and', 'or', 'not', 'in', 'like', 'as', 'by', 'asc', 'desc']);
const COMPARISONS = ['=', '!=', '<', '<=', '>', '>='] as const;

const PERIODS: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Parses one expression: `or` binds weakest, then `and`, `not`, comparisons, sums, products. */
export const parseExpression = (reader: TokenReader): Expression => parseJunction(reader, 'or', parseConjunction);

type Parse = (reader: TokenReader) => Expression;

const parseJunction = (reader: TokenReader, operator: 'and' | 'or', parseOperand: Parse): Expression => {
  let left = parseOperand(reader);
  while (reader.take(operator)) left = { kind: 'binary', operator, left, right: parseOperand(reader) };
  return left;
};

const parseConjunction = (reader: TokenReader): Expression => parseJunction(reader, 'and', parseNegation);

const parseNegation = (reader: TokenReader): Expression =>
  reader.take('not') ? { kind: 'not', operand: parseNegation(reader) } : parseComparison(reader);

const parseComparison = (reader: TokenReader): Expression => {
  const operand = parseSum(reader);
  const operator = COMPARISONS.find((sign) => reader.take(sign));
  if (operator) return { kind: 'binary', operator, left: operand, right: parseSum(reader) };
  if (reader.take('=~')) return parsePattern(reader, operand, false);
  const negated = reader.take('not');
  if (reader.take('in')) return { kind: 'in', operand, values: parseSet(reader), negated };
  if (reader.take('like')) return parsePattern(reader, operand, negated);
  if (negated) throw new InsightsError('After a value, not is followed by in or like.');
  return operand;
};

const parseSet = (reader: TokenReader): Expression[] => {
  reader.expect('[');
  const values = [parseSum(reader)];
  while (reader.take(',')) values.push(parseSum(reader));
  reader.expect(']');
  return values;
};

/** A text matches as a part, a regular expression as it stands; both mind upper and lower case. */
const parsePattern = (reader: TokenReader, operand: Expression, negated: boolean): Expression => {
  const { kind, text } = reader.next();
  if (kind === 'string') return { kind: 'like', operand, pattern: new RegExp(toLiteralPattern(text)), negated };
  if (kind !== 'regex') throw new InsightsError(`like takes a text or a regular expression, not ${text}.`);
  return { kind: 'like', operand, pattern: toRegExp(text.slice(1, -1)), negated };
};

const toLiteralPattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

const toRegExp = (source: string): RegExp =>
  source.startsWith('(?i)') ? new RegExp(source.slice('(?i)'.length), 'i') : new RegExp(source);

const parseSum = (reader: TokenReader): Expression => parseArithmetic(reader, ['+', '-'], parseProduct);
const parseProduct = (reader: TokenReader): Expression => parseArithmetic(reader, ['*', '/', '%'], parsePrimary);

const parseArithmetic = (reader: TokenReader, signs: readonly string[], parseOperand: Parse): Expression => {
  let left = parseOperand(reader);
  for (;;) {
    const operator = signs.find((sign) => reader.take(sign));
    if (operator === undefined) return left;
    left = { kind: 'binary', operator, left, right: parseOperand(reader) };
  }
};

const parsePrimary = (reader: TokenReader): Expression => {
  if (reader.take('(')) {
    const inner = parseExpression(reader);
    reader.expect(')');
    return inner;
  }
  const { kind, text } = reader.next();
  if (kind === 'string') return { kind: 'literal', value: text };
  if (kind === 'number') return { kind: 'literal', value: Number(text) };
  if (kind === 'field') return { kind: 'field', name: text };
  if (kind !== 'word' || KEYWORDS.has(text)) throw new InsightsError(`${text} stands where a value should.`);
  return reader.take('(') ? parseCall(reader, text) : { kind: 'field', name: text };
};

const parseCall = (reader: TokenReader, name: string): Expression => {
  if (name === 'bin') return parseBin(reader);
  const args: Expression[] = [];
  while (!reader.take(')')) {
    if (args.length > 0) reader.expect(',');
    args.push(reader.take('*') ? { kind: 'star' } : parseExpression(reader));
  }
  return { kind: 'call', name, args };
};

const parseBin = (reader: TokenReader): Expression => {
  const { kind, text } = reader.next();
  const [, count, unit = ''] = /^(\d+)(\D+)$/.exec(text) ?? [];
  const milliseconds = Number(count) * (PERIODS[unit] ?? Number.NaN);
  if (kind !== 'period' || !(milliseconds > 0)) throw new InsightsError(`bin takes a period such as 5m, not ${text}.`);
  reader.expect(')');
  return { kind: 'bin', milliseconds, text: `bin(${text})` };
};

/** The expression as the header of its column shows it. */
export const toText = (expression: Expression): string => {
  switch (expression.kind) {
    case 'field':
      return expression.name;
    case 'literal':
      return String(expression.value);
    case 'call':
      return `${expression.name}(${expression.args.map(toText).join(', ')})`;
    case 'bin':
      return expression.text;
    case 'star':
      return '*';
    default:
      throw new InsightsError('Give this expression a name with as: what it is called otherwise is not documented.');
  }
};
