import * as v from 'valibot';
import { resourcesOf } from './a-template';

const anything = v.object({});

describe('the resources of a template', () => {
  it('refer to each other by names and ARNs that a restart gives again', () => {
    const resources = resourcesOf({
      Table: { Type: 'AWS::DynamoDB::Table' },
      Named: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'given' } },
      Function: { Type: 'AWS::Lambda::Function' },
      Secret: { Type: 'AWS::SecretsManager::Secret' },
      Bucket: { Type: 'AWS::S3::Bucket' },
    });

    expect(resources.ref('Table')).toBe('Stack-Table');
    expect(resources.attribute('Table', 'Arn')).toBe('arn:aws:dynamodb:eu-west-1:123456789012:table/Stack-Table');
    expect(resources.ref('Named')).toBe('given');
    expect(resources.attribute('Function', 'Arn')).toBe(
      'arn:aws:lambda:eu-west-1:123456789012:function:Stack-Function',
    );
    expect(resources.ref('Secret')).toMatch(
      /^arn:aws:secretsmanager:eu-west-1:123456789012:secret:Stack-Secret-\w{6}$/,
    );
    expect(resources.attribute('Bucket', 'Arn')).toBe('arn:aws:s3:::stack-bucket');
    expect(resources.ref('AWS::Region')).toBe('eu-west-1');
  });

  it('have names within the limits of AWS, still distinct', () => {
    const path = 'A'.repeat(80);
    const resources = resourcesOf({
      [`${path}11111111`]: { Type: 'AWS::Lambda::Function' },
      [`${path}22222222`]: { Type: 'AWS::Lambda::Function' },
    });

    const names = ['11111111', '22222222'].map((hash) => resources.ref(`${path}${hash}`));

    expect(names.map((name) => name.length)).toEqual([63, 63]);
    expect(names[0]).not.toBe(names[1]);
  });

  it('are left out when their condition does not hold', () => {
    const resources = resourcesOf(
      {
        There: { Type: 'AWS::S3::Bucket', Condition: 'Yes' },
        Gone: { Type: 'AWS::S3::Bucket', Condition: 'No' },
      },
      { Conditions: { Yes: { 'Fn::Equals': ['a', 'a'] }, No: { 'Fn::Not': [{ Condition: 'Yes' }] } } },
    );

    expect(resources.ofType('AWS::S3::Bucket', anything).map(({ logicalId }) => logicalId)).toEqual(['There']);
  });

  it('of a type that is neither run nor knowingly left out are an error', () => {
    const queue = { Queue: { Type: 'AWS::SQS::Queue' } };

    expect(() => resourcesOf(queue)).toThrow('Queue, a AWS::SQS::Queue, which the local machine cannot run');
  });

  it('that are not as they must be are an error that names the resource and the field', () => {
    const resources = resourcesOf({ Table: { Type: 'AWS::DynamoDB::Table', Properties: { Size: 'big' } } });

    const read = () => resources.ofType('AWS::DynamoDB::Table', v.object({ Size: v.number() }));

    expect(read).toThrow(/cannot run Table, a AWS::DynamoDB::Table\. Size: /);
  });

  it('that refer to what is not there are an error', () => {
    const resources = resourcesOf({ Table: { Type: 'AWS::DynamoDB::Table' } });

    expect(() => resources.ref('Nothing')).toThrow('refers to Nothing');
    expect(() => resources.attribute('Table', 'Colour')).toThrow('the attribute Colour of Table');
  });
});
