import { resolve, type Scope } from '../../../local/assembly/intrinsics';

const scope: Scope = {
  ref: (name) => `ref of ${name}`,
  attribute: (logicalId, attribute) => `${attribute} of ${logicalId}`,
  mapping: (map, key, name) => `${map}/${key}/${name}`,
  condition: (name) => name === 'IsTrue',
};

describe('an intrinsic function', () => {
  it.each([
    [{ Ref: 'Table' }, 'ref of Table'],
    [{ 'Fn::GetAtt': ['Table', 'Arn'] }, 'Arn of Table'],
    [{ 'Fn::GetAtt': 'Table.Arn' }, 'Arn of Table'],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'B' }]] }, 'a-ref of B'],
    [{ 'Fn::Split': ['/', 'a/b'] }, ['a', 'b']],
    [{ 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b'] }] }, 'b'],
    [{ 'Fn::Select': ['0', ['a', 'b']] }, 'a'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how CloudFormation writes them
    [{ 'Fn::Sub': 'x ${A} ${B.Arn} ${!C}' }, 'x ref of A Arn of B ${C}'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is how CloudFormation writes them
    [{ 'Fn::Sub': ['${A} ${B}', { A: { Ref: 'Z' } }] }, 'ref of Z ref of B'],
    [{ 'Fn::FindInMap': ['Map', { Ref: 'Key' }, 'Name'] }, 'Map/ref of Key/Name'],
    [{ 'Fn::If': ['IsTrue', 'yes', { 'Fn::Unknown': [] }] }, 'yes'],
    [{ 'Fn::If': ['IsFalse', { 'Fn::Unknown': [] }, 'no'] }, 'no'],
    [{ 'Fn::And': [{ 'Fn::Equals': ['a', 'a'] }, { 'Fn::Not': [{ Condition: 'IsFalse' }] }] }, true],
    [{ 'Fn::Or': [{ 'Fn::Equals': ['a', 'b'] }, { Condition: 'IsTrue' }] }, true],
  ])('%j gives %j', (value, expected) => {
    expect(resolve(value, scope)).toEqual(expected);
  });

  it('is found at any depth, and a property without a value is left out', () => {
    const value = { list: [{ deep: { Ref: 'A' } }, { Ref: 'AWS::NoValue' }], gone: { Ref: 'AWS::NoValue' }, kept: 1 };

    expect(resolve(value, scope)).toEqual({ list: [{ deep: 'ref of A' }], kept: 1 });
  });

  it('that is not known is an error, not a guess', () => {
    expect(() => resolve({ deep: [{ 'Fn::Transform': {} }] }, scope)).toThrow('Fn::Transform');
  });

  it.each([
    [{ 'Fn::Join': ['-', 'not a list'] }],
    [{ 'Fn::Join': ['-', [{ not: 'text' }]] }],
    [{ 'Fn::Select': [7, ['a']] }],
    [{ 'Fn::Not': ['not a condition'] }],
  ])('%j, which gives nothing, is an error', (value) => {
    expect(() => resolve(value, scope)).toThrow();
  });
});
