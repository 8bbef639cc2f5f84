import { Match } from 'aws-cdk-lib/assertions';
import { LOG_FIELDS } from '../../lambdas/core/telemetry/log-schema';
import { synthesise } from './synthesise';

type LogGroup = {
  Properties: {
    RetentionInDays: number;
    FieldIndexPolicies?: { Fields: string[] }[];
    DataProtectionPolicy?: { Statement: { Operation: object; DataIdentifier: unknown[] }[] };
  };
};

const logGroupsOf = (template: ReturnType<typeof synthesise>): [string, LogGroup['Properties']][] =>
  Object.entries(template.findResources('AWS::Logs::LogGroup') as Record<string, LogGroup>).map(([id, group]) => [
    id.replace(/[0-9A-F]{8}$/, ''),
    group.Properties,
  ]);

describe('every log group', () => {
  const template = synthesise({ stage: 'prod' });
  const logGroups = logGroupsOf(template);

  it('is kept as long as its class of logs is', () => {
    const kept = (days: number) =>
      logGroups
        .filter(([, { RetentionInDays }]) => RetentionInDays === days)
        .map(([id]) => id.replace(/(Function)?Logs$/, ''))
        .sort();

    expect(kept(90)).toEqual(['Gateway', 'Management', 'Sweeping', 'TelemetryIntake']);
    expect(kept(30)).toEqual(['ApiAccess']);
    expect(logGroups).toHaveLength(kept(90).length + kept(30).length + kept(14).length);
  });

  it('is kept as the settings say', () => {
    const settings = { logRetentionDays: 365, accessLogRetentionDays: 7, debugLogRetentionDays: 3 };

    const days = logGroupsOf(synthesise({ settings })).map(([, { RetentionInDays }]) => RetentionInDays);

    expect(new Set(days)).toEqual(new Set([365, 7, 3]));
  });

  it.each(logGroups)('has its lines found by their ids: %s', (id, { FieldIndexPolicies = [] }) => {
    const [{ Fields } = { Fields: [] }, ...others] = FieldIndexPolicies;

    expect(others).toEqual([]);
    expect(Fields.length).toBeLessThanOrEqual(20);
    expect(Fields).toContain(id === 'ApiAccessLogs' ? 'requestId' : 'correlation_id');
    if (id !== 'ApiAccessLogs') expect(Fields.filter((field) => !Object.hasOwn(LOG_FIELDS, field))).toEqual([]);
  });

  it.each(logGroups)('masks what should never have been logged: %s', (_, { DataProtectionPolicy }) => {
    const identifiers = JSON.stringify(DataProtectionPolicy?.Statement[0]?.DataIdentifier);

    for (const name of ['EmailAddress', 'CreditCardNumber', 'AwsSecretKey', 'FluxgateKey', 'JsonWebToken'])
      expect(identifiers).toContain(name);
    expect(DataProtectionPolicy?.Statement.map(({ Operation }) => Object.keys(Operation))).toEqual([
      ['Audit'],
      ['Deidentify'],
    ]);
  });
});

describe('the archive of logs', () => {
  it('gets application and access logs by a filter that takes every line', () => {
    const template = synthesise({ stage: 'prod' });

    const filters = Object.values(template.findResources('AWS::Logs::SubscriptionFilter'));
    expect(filters.map(({ Properties }) => Properties.FilterPattern)).toEqual(['', '', '', '', '']);
    expect(filters.map(({ Properties }) => JSON.stringify(Properties.LogGroupName)).sort()).toEqual([
      expect.stringContaining('ApiAccessLogs'),
      expect.stringContaining('GatewayFunctionLogs'),
      expect.stringContaining('ManagementFunctionLogs'),
      expect.stringContaining('SweepingFunctionLogs'),
      expect.stringContaining('TelemetryIntakeFunctionLogs'),
    ]);
  });

  it('keeps them by day, moves them to cold storage and removes them in the end', () => {
    const template = synthesise({ settings: { logArchive: 's3', logArchiveRetentionDays: 2_557 } });

    template.hasResourceProperties('AWS::KinesisFirehose::DeliveryStream', {
      ExtendedS3DestinationConfiguration: Match.objectLike({
        Prefix: 'logs/!{timestamp:yyyy-MM-dd}/',
        CompressionFormat: 'GZIP',
      }),
    });
    template.hasResourceProperties('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: [
          Match.objectLike({
            ExpirationInDays: 2_557,
            Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 30 }],
          }),
        ],
      },
    });
  });

  it('may do nothing but put lines into its own stream, and objects into its own bucket', () => {
    const roles = synthesise({ stage: 'prod' }).findResources('AWS::IAM::Role');

    const statements = Object.entries(roles)
      .filter(([id]) => id.startsWith('LogArchive'))
      .flatMap(([, { Properties }]) => Properties.Policies)
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    expect(statements.flatMap(({ Action }) => Action).sort()).toEqual([
      'firehose:PutRecord',
      'firehose:PutRecordBatch',
      's3:AbortMultipartUpload',
      's3:GetBucketLocation',
      's3:GetObject',
      's3:ListBucket',
      's3:ListBucketMultipartUploads',
      's3:PutObject',
    ]);
    expect(statements.map(({ Resource }) => JSON.stringify(Resource))).toEqual(
      statements.map(() => expect.stringContaining('LogArchive')),
    );
  });

  it('is encrypted with the key of the deployment', () => {
    const template = synthesise({ settings: { logArchive: 's3', encryption: 'customer-managed' } });

    const [bucket] = Object.entries(template.findResources('AWS::S3::Bucket')).filter(([id]) =>
      id.startsWith('LogArchive'),
    );
    expect(JSON.stringify(bucket)).toContain('aws:kms');
  });

  it('is not there when it is off', () => {
    const template = synthesise({ settings: { logArchive: 'off' } });

    template.resourceCountIs('AWS::KinesisFirehose::DeliveryStream', 0);
    template.resourceCountIs('AWS::Logs::SubscriptionFilter', 0);
  });
});
