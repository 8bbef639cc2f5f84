import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { ReconcilerEnv } from '../lambdas/reconciler/env';
import { commonEnvironment } from './common-environment';
import type { BuildContext } from './context';
import { NodeFunction } from './node-function';
import { allowOnTable } from './table-grants';

/** Feeds the records that the stream mapping gave up on into the counters again. */
export class Reconciling extends Construct {
  constructor(scope: Construct, id: string, { stage, settings, storage }: BuildContext) {
    super(scope, id);
    const reconciler = new NodeFunction(this, 'Function', {
      folder: 'reconciler',
      description: 'Feeds kept failures of the ledger stream into the counters again.',
      timeout: Duration.minutes(4),
      settings,
      environment: {
        ...commonEnvironment(stage, settings),
        COUNTERS_TABLE: storage.counters.tableName,
        MARKER_RETENTION_DAYS: String(settings.markerRetentionDays),
        FAILURES_BUCKET: storage.failures.bucketName,
      } satisfies ReconcilerEnv,
    });

    allowOnTable(reconciler, storage.counters, [
      'GetItem',
      'BatchGetItem',
      'Query',
      'PutItem',
      'UpdateItem',
      'ConditionCheckItem',
    ]);
    reconciler.addToRolePolicy(
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [storage.failures.bucketArn] }),
    );
    reconciler.addToRolePolicy(
      new PolicyStatement({
        actions: ['s3:GetObject', 's3:DeleteObject'],
        resources: [storage.failures.arnForObjects('*')],
      }),
    );
    new Rule(this, 'Schedule', {
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [new LambdaFunction(reconciler, { maxEventAge: Duration.minutes(5), retryAttempts: 0 })],
    });
  }
}
