import { Match, type Template } from 'aws-cdk-lib/assertions';
import { synthesise } from './synthesise';

const TABLES = ['Keys', 'Limits', 'Ledger', 'Cache', 'Counters'];

const tablesOf = (template: Template) => {
  const tables = Object.entries(template.findResources('AWS::DynamoDB::Table'));
  return new Map(tables.map(([id, table]) => [TABLES.find((name) => id.startsWith(`Storage${name}`)) ?? id, table]));
};

describe('the storage of a stage', () => {
  const dev = synthesise();
  const prod = synthesise({ stage: 'prod' });

  it('has five tables, on demand, encrypted with KMS and restorable to any second', () => {
    const tables = tablesOf(prod);

    expect([...tables.keys()].sort()).toEqual([...TABLES].sort());
    for (const { Properties } of tables.values()) {
      expect(Properties).toMatchObject({
        BillingMode: 'PAY_PER_REQUEST',
        SSESpecification: { SSEEnabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
    }
  });

  it.each([
    ['Keys', undefined, ['pk']],
    ['Limits', undefined, ['pk']],
    ['Ledger', 'expiresAt', ['pk', 'sk']],
    ['Cache', 'expiresAt', ['pk']],
    ['Counters', 'expiresAt', ['pk', 'sk']],
  ])('expires items of %s by %s, under the keys %s', (name, expires, keys) => {
    const { KeySchema, TimeToLiveSpecification } = tablesOf(dev).get(name)?.Properties ?? {};

    expect(TimeToLiveSpecification?.AttributeName).toBe(expires);
    expect(KeySchema.map((key: { AttributeName: string }) => key.AttributeName)).toEqual(keys);
  });

  it('streams new images of the ledger, and nothing else', () => {
    const streams = [...tablesOf(dev)].map(([name, { Properties }]) => [
      name,
      Properties.StreamSpecification?.StreamViewType,
    ]);

    expect(Object.fromEntries(streams)).toEqual({
      Keys: undefined,
      Limits: undefined,
      Ledger: 'NEW_IMAGE',
      Cache: undefined,
      Counters: undefined,
    });
  });

  it('finds keys and accounts by account', () => {
    expect(tablesOf(dev).get('Keys')?.Properties.GlobalSecondaryIndexes).toEqual([
      {
        IndexName: 'byAccount',
        KeySchema: [
          { AttributeName: 'accountId', KeyType: 'HASH' },
          { AttributeName: 'pk', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'ALL' },
      },
    ]);
  });

  it('outlives its stack in production, and only there', () => {
    const fates = (template: Template) =>
      [...tablesOf(template).values()].map(({ Properties, DeletionPolicy }) => [
        Properties.DeletionProtectionEnabled,
        DeletionPolicy,
      ]);

    expect(fates(prod)).toEqual(TABLES.map(() => [true, 'Retain']));
    expect(fates(dev)).toEqual(TABLES.map(() => [false, 'Delete']));
    prod.hasResource('AWS::SecretsManager::Secret', { DeletionPolicy: 'Retain' });
    prod.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain' });
  });

  it('generates the first pepper and says that it is current', () => {
    dev.hasResourceProperties('AWS::SecretsManager::Secret', {
      GenerateSecretString: {
        SecretStringTemplate: '{"current":"1"}',
        GenerateStringKey: '1',
        PasswordLength: 64,
        ExcludePunctuation: true,
      },
    });
  });

  it('keeps failures privately, over TLS only, for as long as the settings say', () => {
    const template = synthesise({ settings: { failureRetentionDays: 10 } });

    template.hasResourceProperties('AWS::S3::Bucket', {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      },
      BucketEncryption: Match.anyValue(),
      LifecycleConfiguration: { Rules: [Match.objectLike({ ExpirationInDays: 10, Status: 'Enabled' })] },
    });
    template.hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Effect: 'Deny', Action: 's3:*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
        ],
      },
    });
  });
});

describe('storage under a key of the customer', () => {
  const template = synthesise({ settings: { encryption: 'customer-managed' } });

  it('uses the one key for tables, logs, secret and failures', () => {
    const [keyId] = Object.keys(template.findResources('AWS::KMS::Key'));
    const key = { 'Fn::GetAtt': [keyId, 'Arn'] };

    template.allResourcesProperties('AWS::DynamoDB::Table', {
      SSESpecification: { KMSMasterKeyId: key, SSEType: 'KMS' },
    });
    template.allResourcesProperties('AWS::Logs::LogGroup', { KmsKeyId: key });
    template.allResourcesProperties('AWS::SecretsManager::Secret', { KmsKeyId: key });
    template.allResourcesProperties('AWS::S3::Bucket', {
      BucketEncryption: {
        ServerSideEncryptionConfiguration: [
          Match.objectLike({ ServerSideEncryptionByDefault: { KMSMasterKeyID: key, SSEAlgorithm: 'aws:kms' } }),
        ],
      },
    });
  });

  it('opens the key to this account through the storing services, so that no role names it but that of the stream reader', () => {
    template.hasResourceProperties('AWS::KMS::Key', {
      EnableKeyRotation: true,
      KeyPolicy: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Condition: {
              StringEquals: {
                'kms:CallerAccount': { Ref: 'AWS::AccountId' },
                'kms:ViaService': [
                  'dynamodb.us-east-1.amazonaws.com',
                  's3.us-east-1.amazonaws.com',
                  'secretsmanager.us-east-1.amazonaws.com',
                  'aps.us-east-1.amazonaws.com',
                ],
              },
            },
          }),
        ]),
      },
    });
    const policies = Object.entries(template.findResources('AWS::IAM::Policy'));
    const naming = policies.filter(([, policy]) => JSON.stringify(policy).includes('"kms:')).map(([id]) => id);
    expect(naming).toEqual([expect.stringMatching(/^UsageAggregation/)]);
  });

  it('keeps the key when the stack goes', () => {
    template.hasResource('AWS::KMS::Key', { DeletionPolicy: 'Retain' });
  });
});
