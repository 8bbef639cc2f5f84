import { type Statement, statementsOf } from './statements';
import { synthesise } from './synthesise';

/** What each function may do to what, besides writing its own logs and traces. Nothing else is granted. */
const PERMISSIONS: Record<string, Record<string, string[]>> = {
  Gateway: {
    '<StorageKeys.Arn>': ['dynamodb:GetItem'],
    '<StorageLimits.Arn>': ['dynamodb:UpdateItem'],
    '<StorageLedger.Arn>': ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    '<StorageCache.Arn>': ['dynamodb:GetItem', 'dynamodb:PutItem'],
    '<StoragePepper>': ['secretsmanager:GetSecretValue'],
  },
  Health: {},
  Exposition: {
    '<StorageKeys.Arn>': ['dynamodb:GetItem'],
    '<StorageLimits.Arn>': ['dynamodb:GetItem'],
    '<StorageCounters.Arn>': ['dynamodb:Query'],
    '<StorageLedger.Arn>': ['dynamodb:Query'],
    '<StoragePepper>': ['secretsmanager:GetSecretValue'],
  },
  TelemetryIntake: {
    '<StorageKeys.Arn>': ['dynamodb:GetItem'],
    '<StorageLedger.Arn>': ['dynamodb:PutItem'],
    '<StoragePepper>': ['secretsmanager:GetSecretValue'],
  },
  Management: {
    '<StorageKeys.Arn>': ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Scan', 'dynamodb:UpdateItem'],
    '<StorageKeys.Arn>/index/byAccount': ['dynamodb:Query'],
    '<StoragePepper>': ['secretsmanager:GetSecretValue'],
  },
  UsageAggregation: {
    '*': ['dynamodb:ListStreams'],
    '<StorageLedger.StreamArn>': ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
    '<StorageCounters.Arn>': [
      'dynamodb:BatchGetItem',
      'dynamodb:BatchWriteItem',
      'dynamodb:PutItem',
      'dynamodb:UpdateItem',
    ],
    '<StorageFailures.Arn>': ['s3:ListBucket'],
    '<StorageFailures.Arn>/*': ['s3:PutObject'],
  },
  Sweeping: {
    '<StorageLedger.Arn>': ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'],
    '<StorageLimits.Arn>': ['dynamodb:GetItem', 'dynamodb:UpdateItem'],
  },
  RemoteWriting: {
    '<StorageCounters.Arn>': ['dynamodb:Query', 'dynamodb:UpdateItem'],
    '<StorageLedger.Arn>': ['dynamodb:Query'],
    '<PrometheusWorkspace.Arn>': ['aps:RemoteWrite'],
  },
  Reconciling: {
    '<StorageCounters.Arn>': ['dynamodb:BatchGetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    '<StorageFailures.Arn>': ['s3:ListBucket'],
    '<StorageFailures.Arn>/*': ['s3:DeleteObject', 's3:GetObject'],
  },
};

const byResource = (statements: readonly Statement[]): Record<string, string[]> => {
  const found: Record<string, string[]> = {};
  for (const { actions, resources } of statements) {
    for (const resource of resources) found[resource] = [...(found[resource] ?? []), ...actions].sort();
  }
  return found;
};

const isBedrock = ({ actions }: Statement): boolean => actions.some((action) => action.startsWith('bedrock:'));
const isTelemetry = (action: string): boolean => /^(logs|xray):/.test(action);

const withoutTelemetry = (permissions: Record<string, string[]>) =>
  Object.fromEntries(
    Object.entries(permissions)
      .map(([resource, actions]) => [resource, actions.filter((action) => !isTelemetry(action))] as const)
      .filter(([, actions]) => actions.length > 0),
  );

describe('the role of each function', () => {
  const template = synthesise({ stage: 'prod' });

  it.each(Object.entries(PERMISSIONS))('of %s allows exactly what its code does', (construct, expected) => {
    const statements = statementsOf(template, construct).filter((statement) => !isBedrock(statement));

    expect(withoutTelemetry(byResource(statements))).toEqual(expected);
  });

  it.each(Object.keys(PERMISSIONS))('of %s writes its own logs, and traces', (construct) => {
    const permissions = byResource(statementsOf(template, construct));

    expect(permissions[`<${construct}FunctionLogs.Arn>`]).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
    expect(permissions['*']?.filter(isTelemetry)).toEqual(['xray:PutTelemetryRecords', 'xray:PutTraceSegments']);
  });

  it('does without trace permissions when tracing is off', () => {
    const untraced = synthesise({ settings: { tracing: 'off' } });

    const actions = Object.keys(PERMISSIONS).flatMap((construct) =>
      statementsOf(untraced, construct).flatMap((statement) => statement.actions),
    );

    expect(actions.filter((action) => action.startsWith('xray:'))).toEqual([]);
  });

  it('belongs to one of these functions, and no action is a wildcard', () => {
    const roles = Object.keys(template.findResources('AWS::IAM::Policy'));
    const actions = Object.keys(PERMISSIONS).flatMap((construct) =>
      statementsOf(template, construct).flatMap((statement) => statement.actions),
    );

    expect(roles).toHaveLength(Object.keys(PERMISSIONS).length);
    expect(actions.filter((action) => action.includes('*'))).toEqual([]);
  });
});
