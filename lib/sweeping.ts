import { Duration } from 'aws-cdk-lib';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { SweeperEnv } from '../lambdas/sweeper/env';
import { commonEnvironment } from './common-environment';
import type { BuildContext } from './context';
import { NodeFunction } from './node-function';
import { allowOnTable } from './table-grants';

/** Finishes, once a minute, the requests whose process died. */
export class Sweeping extends Construct {
  constructor(scope: Construct, id: string, { stage, settings, storage }: BuildContext) {
    super(scope, id);
    const sweeper = new NodeFunction(this, 'Function', {
      folder: 'sweeper',
      description: 'Finishes requests whose process died and releases what they held.',
      timeout: Duration.seconds(55),
      reservedConcurrentExecutions: settings.sweeperConcurrency === 'reserved' ? 1 : undefined,
      settings,
      environment: {
        ...commonEnvironment(stage, settings),
        LIMITS_TABLE: storage.limits.tableName,
        LEDGER_TABLE: storage.ledger.tableName,
        LEDGER_RETENTION_DAYS: String(settings.ledgerRetentionDays),
      } satisfies SweeperEnv,
    });

    allowOnTable(sweeper, storage.ledger, ['Query', 'GetItem', 'PutItem', 'DeleteItem']);
    allowOnTable(sweeper, storage.limits, ['UpdateItem']);
    new Rule(this, 'Schedule', {
      schedule: Schedule.rate(Duration.minutes(1)),
      targets: [new LambdaFunction(sweeper, { maxEventAge: Duration.minutes(1), retryAttempts: 0 })],
    });
  }
}
