import { CONDITION_KEYS, type ConditionContext, type ConditionKey } from './access';
import { type ConditionOperator, readConditionOperator } from './condition-operators';
import type { ConditionValue, PolicyStatement } from './policy-statement';
import { UnsupportedPolicy } from './unsupported-policy';

/** Whether every condition of a statement holds. Throws `UnsupportedPolicy` for an unknown operator or condition key. */
export const holdsCondition = (condition: PolicyStatement['Condition'], context: ConditionContext): boolean => {
  const tests = Object.entries(condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, expected]) => ({
      operator: readConditionOperator(operator),
      actual: context[readConditionKey(key)],
      expected: toTexts(expected),
      named: `${operator} of ${key}`,
    })),
  );
  return tests.every(holds);
};

type Test = {
  operator: ConditionOperator;
  actual: string | readonly string[] | undefined;
  expected: readonly string[];
  named: string;
};

const holds = ({ operator, actual, expected, named }: Test): boolean => {
  const { comparison, quantifier, ifExists } = operator;
  if (comparison === 'Null') return expected.some((value) => (value === 'true') === (actual === undefined));
  if (actual === undefined) return ifExists || comparison.negated === true || quantifier === 'ForAllValues';
  if (typeof actual !== 'string' && quantifier === undefined) {
    throw new UnsupportedPolicy(`${named}: a key of many values needs ForAllValues or ForAnyValue.`);
  }
  const values = typeof actual === 'string' ? [actual] : actual;
  const one = (value: string) => {
    const matched = expected.some((wanted) => comparison.matches(wanted, value));
    return comparison.negated ? !matched : matched;
  };
  return quantifier === 'ForAnyValue' ? values.some(one) : values.every(one);
};

const readConditionKey = (key: string): ConditionKey => {
  const known = CONDITION_KEYS.find((name) => name.toLowerCase() === key.toLowerCase());
  if (known === undefined) throw new UnsupportedPolicy(`The condition key ${key} is not supported.`);
  return known;
};

const toTexts = (value: ConditionValue): readonly string[] =>
  typeof value === 'object' ? value.map(String) : [String(value)];
