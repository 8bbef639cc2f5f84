import { isList, isRecord, isText, type JsonRecord } from '../assembly/json';

/** A filter in EventBridge's pattern language, as `FilterCriteria` holds it. */
export type EventPattern = JsonRecord;

/** Takes a pattern as it is; throws when it uses an operator that is not evaluated here. */
export const readPattern = (pattern: JsonRecord): EventPattern => {
  for (const part of Object.values(pattern)) assertSupported(part);
  return pattern;
};

const assertSupported = (part: unknown): void => {
  if (isRecord(part)) {
    readPattern(part);
    return;
  }
  if (!isList(part)) throw new Error(`A filter pattern needs a list of values, not ${JSON.stringify(part)}.`);
  for (const rule of part) if (isRecord(rule)) operatorOf(rule);
};

/** Whether a record has, for every key of the pattern, one of the values that the pattern lists. */
export const matches = (pattern: EventPattern, record: unknown): boolean =>
  Object.entries(pattern).every(([key, expected]) => {
    const actual = isRecord(record) ? record[key] : undefined;
    return isList(expected)
      ? expected.some((rule) => matchesRule(rule, actual))
      : isRecord(expected) && matches(expected, actual);
  });

const matchesRule = (rule: unknown, actual: unknown): boolean => {
  if (isRecord(rule)) {
    const [operator, argument] = operatorOf(rule);
    return operator(argument, actual);
  }
  return isList(actual) ? actual.includes(rule) : actual === rule;
};

type Operator = (argument: unknown, actual: unknown) => boolean;

const OPERATORS: Readonly<Record<string, Operator>> = {
  exists: (argument, actual) => (actual !== undefined) === argument,
  prefix: (argument, actual) => isText(argument) && isText(actual) && actual.startsWith(argument),
  suffix: (argument, actual) => isText(argument) && isText(actual) && actual.endsWith(argument),
  'anything-but': (argument, actual) =>
    actual !== undefined && !(isList(argument) ? argument : [argument]).includes(actual),
};

const operatorOf = (rule: JsonRecord): [Operator, unknown] => {
  const [name = '', ...others] = Object.keys(rule);
  const operator = OPERATORS[name];
  if (operator === undefined || others.length > 0) {
    throw new Error(`The local machine does not evaluate ${JSON.stringify(rule)} in a filter pattern.`);
  }
  return [operator, rule[name]];
};
