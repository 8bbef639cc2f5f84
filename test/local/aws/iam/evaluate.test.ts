import type { Access } from '../../../../local/aws/iam/access';
import { evaluate } from '../../../../local/aws/iam/evaluate';
import type { PolicyStatement } from '../../../../local/aws/iam/policy-statement';

const TABLE = 'arn:aws:dynamodb:us-east-1:123456789012:table/Keys';

const anAccess = (access: Partial<Access> = {}): Access => ({
  action: 'dynamodb:GetItem',
  resource: TABLE,
  context: {},
  ...access,
});

const anAllow = (statement: Partial<PolicyStatement> = {}): PolicyStatement => ({
  Effect: 'Allow',
  Action: 'dynamodb:GetItem',
  Resource: TABLE,
  ...statement,
});

const isAllowed = (statement: PolicyStatement, access = anAccess()) => evaluate([statement], access).allowed;

describe('an identity policy', () => {
  it('denies what no statement allows', () => {
    const verdict = evaluate([anAllow({ Action: 'dynamodb:PutItem' })], anAccess());

    expect(verdict).toEqual({ allowed: false, denial: 'implicit', matched: [] });
  });

  it('lets an explicit deny win over every allow', () => {
    const verdict = evaluate([anAllow({ Action: '*', Resource: '*' }), { ...anAllow(), Effect: 'Deny' }], anAccess());

    expect(verdict).toEqual({ allowed: false, denial: 'explicit', matched: [0, 1] });
  });

  it('names the statements that matched', () => {
    const verdict = evaluate([anAllow({ Action: 's3:*' }), anAllow({ Action: ['dynamodb:Get*'] })], anAccess());

    expect(verdict).toEqual({ allowed: true, matched: [1] });
  });

  it.each<[string, Partial<PolicyStatement>, boolean]>([
    ['an action in other letter case', { Action: 'DYNAMODB:getitem' }, true],
    ['an action wildcard', { Action: 'dynamodb:*Item' }, true],
    ['a one-character wildcard', { Action: 'dynamodb:?etItem' }, true],
    ['an action that only begins alike', { Action: 'dynamodb:GetIt' }, false],
    ['a NotAction of something else', { Action: undefined, NotAction: 's3:*' }, true],
    ['a NotAction of this action', { Action: undefined, NotAction: 'dynamodb:*' }, false],
    ['a resource in other letter case', { Resource: TABLE.toLowerCase() }, false],
    ['a resource wildcard', { Resource: 'arn:aws:dynamodb:*:*:table/K*' }, true],
    ['a lone wildcard', { Resource: '*' }, true],
    ['the index of a table for the table', { Resource: `${TABLE}/index/*` }, false],
    ['a wildcard that would swallow the parts of an ARN', { Resource: 'arn:aws:*:table/Keys' }, false],
    ['a NotResource of another table', { Resource: undefined, NotResource: `${TABLE}2` }, true],
    ['a NotResource of this table', { Resource: undefined, NotResource: TABLE }, false],
    ['a pattern with the signs of a regular expression', { Resource: `${TABLE.replace('K', '.')}` }, false],
  ])('treats %s as IAM does', (_, statement, allowed) => {
    expect(isAllowed(anAllow(statement))).toBe(allowed);
  });
});

describe('a condition', () => {
  const PROFILE = 'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.amazon.nova-lite-v1:0';
  const access = anAccess({
    context: {
      'aws:RequestedRegion': 'us-east-1',
      'aws:SecureTransport': 'true',
      'bedrock:InferenceProfileArn': PROFILE,
      'dynamodb:LeadingKeys': ['a', 'b'],
    },
  });

  it.each<[string, PolicyStatement['Condition'], boolean]>([
    ['StringEquals, one of two', { StringEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } }, true],
    ['StringEquals, none', { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } }, false],
    ['StringEquals, key in other letter case', { StringEquals: { 'AWS:requestedregion': 'us-east-1' } }, true],
    ['StringEquals of a key that is absent', { StringEquals: { 'aws:SourceAccount': '123456789012' } }, false],
    ['StringEqualsIfExists of a key that is absent', { StringEqualsIfExists: { 'aws:SourceAccount': '1' } }, true],
    ['StringEqualsIfExists of another value', { StringEqualsIfExists: { 'aws:RequestedRegion': 'eu-west-1' } }, false],
    ['StringNotEquals, one of two', { StringNotEquals: { 'aws:RequestedRegion': ['eu-west-1', 'us-east-1'] } }, false],
    ['StringNotEquals of a key that is absent', { StringNotEquals: { 'aws:SourceAccount': '1' } }, true],
    ['StringLike', { StringLike: { 'bedrock:InferenceProfileArn': '*/us.amazon.*' } }, true],
    ['ArnLike', { ArnLike: { 'bedrock:InferenceProfileArn': 'arn:aws:bedrock:*:*:inference-profile/us.*' } }, true],
    [
      'ArnLike, wildcard over parts',
      { ArnLike: { 'bedrock:InferenceProfileArn': 'arn:*:inference-profile/*' } },
      false,
    ],
    ['ArnEquals with a wildcard', { ArnEquals: { 'bedrock:InferenceProfileArn': `${PROFILE.slice(0, -1)}*` } }, true],
    ['Null of a key that is there', { Null: { 'aws:RequestedRegion': 'true' } }, false],
    ['Null of a key that is absent', { Null: { 'aws:SourceAccount': true } }, true],
    ['Bool', { Bool: { 'aws:SecureTransport': true } }, true],
    ['Bool of the other value', { Bool: { 'aws:SecureTransport': 'false' } }, false],
    ['ForAllValues, all', { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a', 'b', 'c'] } }, true],
    ['ForAllValues, not all', { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a'] } }, false],
    ['ForAllValues of a key that is absent', { 'ForAllValues:StringEquals': { 'aws:SourceAccount': 'x' } }, true],
    ['ForAnyValue, one', { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['b*'] } }, true],
    ['ForAnyValue, none', { 'ForAnyValue:StringLike': { 'dynamodb:LeadingKeys': ['c*'] } }, false],
    [
      'two operators, one failing',
      { Bool: { 'aws:SecureTransport': 'true' }, StringLike: { 'aws:RequestedRegion': 'eu-*' } },
      false,
    ],
  ])('%s', (_, Condition, allowed) => {
    expect(isAllowed(anAllow({ Condition }), access)).toBe(allowed);
  });

  it.each<[string, PolicyStatement['Condition'], RegExp]>([
    ['an operator', { DateLessThan: { 'aws:CurrentTime': '2027-01-01T00:00:00Z' } }, /operator DateLessThan/],
    ['a quantified operator', { 'ForAllValues:NumericEquals': { 'dynamodb:LeadingKeys': '1' } }, /NumericEquals/],
    ['a condition key', { StringEquals: { 'aws:PrincipalTag/team': 'x' } }, /condition key aws:PrincipalTag\/team/],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how IAM spells a variable
    ['a policy variable', { StringLike: { 'aws:RequestedRegion': '${aws:username}' } }, /variables/],
    ['a key of many values without a quantifier', { StringEquals: { 'dynamodb:LeadingKeys': 'a' } }, /ForAllValues/],
  ])('fails loudly on %s that it does not know, rather than allow or deny', (_, Condition, message) => {
    expect(() => isAllowed(anAllow({ Condition }), access)).toThrow(message);
  });

  it('is not looked at when its statement is about something else', () => {
    const elsewhere = anAllow({ Action: 's3:*', Condition: { DateLessThan: { 'aws:CurrentTime': 'x' } } });

    expect(evaluate([elsewhere, anAllow()], access).allowed).toBe(true);
  });
});
