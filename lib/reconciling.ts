import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import type { ReconcilerEnv } from '../lambdas/reconciler/env';
import { acknowledge, everyObjectOf } from './acknowledge';
import { commonEnvironment } from './common-environment';
import type { BuildContext } from './context';
import { NodeFunction } from './node-function';
import { onlyOnce, runEveryMinutes } from './schedule';
import { allowFolding } from './table-grants';

const EVERY_MINUTES = 5;

/** Feeds the records that the stream mapping gave up on into the counters again. */
export class Reconciling extends Construct {
  constructor(scope: Construct, id: string, context: BuildContext) {
    super(scope, id);
    const { stage, settings, storage } = context;
    const reconciler = new NodeFunction(this, 'Function', {
      folder: 'reconciler',
      description: 'Feeds kept failures of the ledger stream into the counters again.',
      logClass: 'debug',
      timeout: Duration.minutes(4),
      ...onlyOnce(EVERY_MINUTES),
      context,
      environment: {
        ...commonEnvironment(stage, settings),
        COUNTERS_TABLE: storage.counters.tableName,
        MARKER_RETENTION_DAYS: String(settings.markerRetentionDays),
        FAILURES_BUCKET: storage.failures.bucketName,
      } satisfies ReconcilerEnv,
    });

    allowFolding(reconciler, storage.counters);
    reconciler.addToRolePolicy(
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [storage.failures.bucketArn] }),
    );
    reconciler.addToRolePolicy(
      new PolicyStatement({
        actions: ['s3:GetObject', 's3:DeleteObject'],
        resources: [storage.failures.arnForObjects('*')],
      }),
    );
    acknowledge(this, {
      [everyObjectOf(storage.failures)]: 'Lambda names the objects; this function takes whichever there are.',
    });
    runEveryMinutes(this, EVERY_MINUTES, reconciler);
  }
}
