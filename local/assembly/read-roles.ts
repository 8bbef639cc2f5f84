import * as v from 'valibot';
import type { PolicyStatement } from '../aws/iam/policy-statement';
import { toManagedStatements } from './managed-policies';
import type { Resources } from './resources';

const texts = v.union([v.string(), v.array(v.string())]);
const conditionValue = v.union([v.string(), v.boolean(), v.number()]);

const statement = v.strictObject({
  Sid: v.optional(v.string()),
  Effect: v.picklist(['Allow', 'Deny']),
  Action: v.optional(texts),
  NotAction: v.optional(texts),
  Resource: v.optional(texts),
  NotResource: v.optional(texts),
  Condition: v.optional(v.record(v.string(), v.record(v.string(), v.union([conditionValue, v.array(conditionValue)])))),
});

const oneOrMore = v.pipe(
  v.union([statement, v.array(statement)]),
  v.transform((read) => (Array.isArray(read) ? read : [read])),
);

const policyDocument = v.object({ Statement: oneOrMore });

const role = v.object({
  ManagedPolicyArns: v.optional(v.array(v.string()), []),
  Policies: v.optional(v.array(v.object({ PolicyName: v.string(), PolicyDocument: policyDocument })), []),
});

const policy = v.object({ PolicyDocument: policyDocument, Roles: v.optional(v.array(v.string()), []) });

/** The statements of every role, by the role's ARN: inline, attached and managed ones. */
export const readRoles = (resources: Resources): ReadonlyMap<string, readonly PolicyStatement[]> => {
  const attached = [
    ...resources.ofType('AWS::IAM::Policy', policy),
    ...resources.ofType('AWS::IAM::ManagedPolicy', policy),
  ].map(({ properties }) => properties);

  const statementsOf = (name: string): readonly PolicyStatement[] =>
    attached.filter(({ Roles }) => Roles.includes(name)).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);

  return new Map(
    resources
      .ofType('AWS::IAM::Role', role)
      .map(({ logicalId, properties }) => [
        resources.attribute(logicalId, 'Arn'),
        [
          ...properties.Policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement),
          ...properties.ManagedPolicyArns.flatMap(toManagedStatements),
          ...statementsOf(resources.ref(logicalId)),
        ],
      ]),
  );
};
