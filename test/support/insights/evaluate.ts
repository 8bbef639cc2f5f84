import { callFunction } from './functions';
import { type Expression, InsightsError } from './query';
import { asNumber, readTime, toTime, toValue, type Value } from './value';

/** What the names in an expression stand for. */
export type Scope = (name: string) => Value;

const UNDOCUMENTED = 'of a missing field is not documented: ask for it with ispresent first.';

/**
 * The value of an expression. What a missing field makes of it is null, which no filter keeps; where the documentation
 * does not say what happens (`!=`, `not`, comparisons of a text with a number), it throws `InsightsError`.
 */
export const evaluate = (expression: Expression, scope: Scope): Value => {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'field':
      return scope(expression.name);
    case 'bin':
      return toTime(Math.floor(readTime(scope('@timestamp')) / expression.milliseconds) * expression.milliseconds);
    case 'call':
      return callFunction(
        expression.name,
        expression.args.map((argument) => evaluate(argument, scope)),
      );
    case 'not':
      return negate(evaluate(expression.operand, scope), 'not');
    case 'in': {
      const values = expression.values.map((value) => evaluate(value, scope));
      const operand = evaluate(expression.operand, scope);
      const found = operand === null ? null : toValue(values.some((value) => compare('=', operand, value) === 1));
      return expression.negated ? negate(found, 'not in') : found;
    }
    case 'like': {
      const operand = evaluate(expression.operand, scope);
      const matches = operand === null ? null : toValue(expression.pattern.test(String(operand)));
      return expression.negated ? negate(matches, 'not like') : matches;
    }
    case 'binary':
      return evaluateBinary(expression, scope);
    case 'star':
      throw new InsightsError('* stands only in count(*).');
  }
};

const negate = (value: Value, of: string): Value => {
  if (value === null) throw new InsightsError(`${of} ${UNDOCUMENTED}`);
  return toValue(!asTruth(value));
};

const asTruth = (value: Value): boolean | null => {
  if (value === null) return null;
  if (value === 1 || value === 0) return value === 1;
  throw new InsightsError(`${JSON.stringify(value)} is neither true nor false.`);
};

/** Whether a filter keeps what a condition says. */
export const isTrue = (value: Value): boolean => asTruth(value) === true;

const evaluateBinary = ({ operator, left, right }: Expression & { kind: 'binary' }, scope: Scope): Value => {
  if (operator === 'and' || operator === 'or') return join(operator === 'or', left, right, scope);
  const [a, b] = [evaluate(left, scope), evaluate(right, scope)];
  return operator in ARITHMETIC ? calculate(operator, a, b) : compare(operator, a, b);
};

/** The left side decides where it can, so that a right side may rely on it. */
const join = (decisive: boolean, left: Expression, right: Expression, scope: Scope): Value => {
  const first = asTruth(evaluate(left, scope));
  if (first === decisive) return toValue(decisive);
  const second = asTruth(evaluate(right, scope));
  if (second === decisive) return toValue(decisive);
  return first === null || second === null ? null : toValue(!decisive);
};

const ARITHMETIC: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
};

const calculate = (operator: string, left: Value, right: Value): Value => {
  const [a, b] = [asNumber(left, operator), asNumber(right, operator)];
  if (a === null || b === null) return null;
  if (operator === '/' && b === 0) throw new InsightsError('What dividing by 0 gives is not documented.');
  return ARITHMETIC[operator]?.(a, b) ?? null;
};

const ORDER: Readonly<Record<string, (a: number | string, b: number | string) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
};

const compare = (operator: string, left: Value, right: Value): Value => {
  if (left === null || right === null) {
    if (operator === '!=') throw new InsightsError(`!= ${UNDOCUMENTED}`);
    return null;
  }
  if (typeof left !== typeof right)
    throw new InsightsError(
      `${JSON.stringify(left)} ${operator} ${JSON.stringify(right)} compares a text with a number.`,
    );
  return toValue(ORDER[operator]?.(left, right) === true);
};
