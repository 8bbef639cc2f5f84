import { UnsupportedPolicy } from './unsupported-policy';

const compiled = new Map<string, RegExp>();

/** Whether text matches an IAM pattern, in which `*` is any text and `?` any one character. Letter case counts. */
export const matchesPattern = (pattern: string, text: string): boolean => {
  let expression = compiled.get(pattern);
  if (expression === undefined) {
    expression = toExpression(pattern);
    compiled.set(pattern, expression);
  }
  return expression.test(text);
};

const toExpression = (pattern: string): RegExp => {
  if (pattern.includes('${')) throw new UnsupportedPolicy(`Policy variables are not supported: ${pattern}`);
  const escaped = pattern.replace(/[\\^$.|+()[\]{}]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
};

/**
 * Whether an ARN matches an ARN pattern: part by part, so that a wildcard in one of the first five parts
 * does not swallow the next. A lone `*` matches everything.
 */
export const matchesArn = (pattern: string, arn: string): boolean => {
  if (pattern === '*') return true;
  const patternParts = toArnParts(pattern);
  const parts = toArnParts(arn);
  return patternParts.length === parts.length && patternParts.every((part, n) => matchesPattern(part, parts[n] ?? ''));
};

const PARTS = 6;

const toArnParts = (arn: string): string[] => {
  const parts = arn.split(':');
  return [...parts.slice(0, PARTS - 1), parts.slice(PARTS - 1).join(':')];
};
