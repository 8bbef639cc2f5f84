import { matchesArn, matchesPattern } from './match-pattern';
import { UnsupportedPolicy } from './unsupported-policy';

type Comparison = { readonly matches: (expected: string, actual: string) => boolean; readonly negated?: true };

const equals = (expected: string, actual: string) => expected === actual;
const equalsIgnoringCase = (expected: string, actual: string) => equals(expected.toLowerCase(), actual.toLowerCase());

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  StringEquals: { matches: equals },
  StringNotEquals: { matches: equals, negated: true },
  StringEqualsIgnoreCase: { matches: equalsIgnoringCase },
  StringNotEqualsIgnoreCase: { matches: equalsIgnoringCase, negated: true },
  StringLike: { matches: matchesPattern },
  StringNotLike: { matches: matchesPattern, negated: true },
  // IAM gives ArnEquals and ArnLike the same meaning, wildcards included.
  ArnEquals: { matches: matchesArn },
  ArnNotEquals: { matches: matchesArn, negated: true },
  ArnLike: { matches: matchesArn },
  ArnNotLike: { matches: matchesArn, negated: true },
  Bool: { matches: equalsIgnoringCase },
};

const QUANTIFIERS = ['ForAllValues', 'ForAnyValue'] as const;

/** A condition operator, taken apart: `ForAllValues:StringLikeIfExists`. */
export type ConditionOperator = {
  readonly quantifier?: (typeof QUANTIFIERS)[number];
  /** `Null` compares the key's absence and has no comparison of values. */
  readonly comparison: Comparison | 'Null';
  readonly ifExists: boolean;
};

/** Reads an operator's name; throws `UnsupportedPolicy` for one that is not in the table. */
export const readConditionOperator = (name: string): ConditionOperator => {
  const quantifier = QUANTIFIERS.find((known) => name.startsWith(`${known}:`));
  const rest = quantifier === undefined ? name : name.slice(quantifier.length + 1);
  if (rest === 'Null') return { quantifier, comparison: 'Null', ifExists: false };
  const ifExists = rest.endsWith('IfExists');
  const comparison = COMPARISONS[ifExists ? rest.slice(0, -'IfExists'.length) : rest];
  if (comparison === undefined) throw new UnsupportedPolicy(`The condition operator ${name} is not supported.`);
  return { quantifier, comparison, ifExists };
};
