import type { Template } from 'aws-cdk-lib/assertions';
import * as v from 'valibot';

const oneOrMore = <S extends v.GenericSchema>(schema: S) =>
  v.union([
    v.array(schema),
    v.pipe(
      schema,
      v.transform((one) => [one]),
    ),
  ]);

const statementSchema = v.strictObject({
  Effect: v.literal('Allow'),
  Action: oneOrMore(v.string()),
  Resource: oneOrMore(v.unknown()),
  Condition: v.optional(v.record(v.string(), v.record(v.string(), oneOrMore(v.unknown())))),
});

export type Statement = {
  actions: string[];
  /** ARNs, what CloudFormation fills in named in angle brackets: `<StorageKeys.Arn>`. */
  resources: string[];
  conditions: Record<string, Record<string, string[]>>;
};

const policySchema = v.object({
  Properties: v.object({ PolicyDocument: v.object({ Statement: v.array(v.unknown()) }) }),
});

/** The statements of the role of the function in one construct of the stack. */
export const statementsOf = (template: Template, construct: string): Statement[] => {
  const policies = Object.entries(template.findResources('AWS::IAM::Policy'));
  const own = policies.filter(([id]) => id.startsWith(`${construct}FunctionRole`));
  return own
    .flatMap(([, policy]) => v.parse(policySchema, policy).Properties.PolicyDocument.Statement)
    .map((statement) => v.parse(statementSchema, statement))
    .map(({ Action, Resource, Condition = {} }) => ({
      actions: Action,
      resources: Resource.map(toText),
      conditions: mapValues(Condition, (keys) => mapValues(keys, (values) => values.map(toText))),
    }));
};

const mapValues = <A, B>(values: Record<string, A>, change: (value: A) => B): Record<string, B> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, change(value)]));

const intrinsicSchema = v.union([
  v.string(),
  v.object({ Ref: v.string() }),
  v.object({ 'Fn::GetAtt': v.tuple([v.string(), v.string()]) }),
  v.object({ 'Fn::Join': v.tuple([v.literal(''), v.array(v.unknown())]) }),
]);

/** Logical ids end in eight digits that say nothing to a reader. */
const withoutHash = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/, '');

const toText = (value: unknown): string => {
  const intrinsic = v.parse(intrinsicSchema, value);
  if (typeof intrinsic === 'string') return intrinsic;
  if ('Ref' in intrinsic) return `<${withoutHash(intrinsic.Ref)}>`;
  if ('Fn::Join' in intrinsic) return intrinsic['Fn::Join'][1].map(toText).join('');
  const [logicalId, attribute] = intrinsic['Fn::GetAtt'];
  return `<${withoutHash(logicalId)}.${attribute}>`;
};
