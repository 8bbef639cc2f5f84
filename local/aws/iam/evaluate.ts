import type { Access } from './access';
import { holdsCondition } from './holds-condition';
import { matchesArn, matchesPattern } from './match-pattern';
import type { PolicyStatement } from './policy-statement';

export type Verdict = {
  readonly allowed: boolean;
  /** `explicit`: a Deny statement matched; `implicit`: no Allow statement did. */
  readonly denial?: 'explicit' | 'implicit';
  /** The places, in the list, of the statements that matched. */
  readonly matched: readonly number[];
};

/**
 * Evaluates an identity policy as IAM does: an explicit deny wins, and what nothing allows is denied.
 * Throws `UnsupportedPolicy` when a statement that is about this access uses what the evaluator does not know.
 */
export const evaluate = (statements: readonly PolicyStatement[], access: Access): Verdict => {
  const matched = statements.flatMap((statement, index) => (isAbout(statement, access) ? [index] : []));
  const effects = new Set(matched.map((index) => statements[index]?.Effect));
  if (effects.has('Deny')) return { allowed: false, denial: 'explicit', matched };
  if (effects.has('Allow')) return { allowed: true, matched };
  return { allowed: false, denial: 'implicit', matched };
};

const isAbout = (statement: PolicyStatement, access: Access): boolean =>
  isAboutAction(statement, access.action) &&
  isAboutResource(statement, access.resource) &&
  holdsCondition(statement.Condition, access.context);

const isAboutAction = ({ Action, NotAction }: PolicyStatement, action: string): boolean => {
  // Action names are compared without regard to case.
  const matches = (pattern: string) => matchesPattern(pattern.toLowerCase(), action.toLowerCase());
  return Action === undefined ? !toList(NotAction).some(matches) : toList(Action).some(matches);
};

const isAboutResource = ({ Resource, NotResource }: PolicyStatement, resource: string): boolean => {
  const matches = (pattern: string) => matchesArn(pattern, resource);
  return Resource === undefined ? !toList(NotResource).some(matches) : toList(Resource).some(matches);
};

const toList = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value;
