/** The values of a condition key: IAM writes one value or a list, and booleans as text or bare. */
export type ConditionValue = string | boolean | number | readonly (string | boolean | number)[];

/**
 * One statement of an identity policy, in IAM's own spelling, with every CloudFormation intrinsic already resolved.
 * One of Action and NotAction, and one of Resource and NotResource, is there.
 */
export type PolicyStatement = {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, ConditionValue>>>>;
};
