import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { SweeperEnv } from '../lambdas/sweeper/env';
import { commonEnvironment } from './common-environment';
import type { BuildContext } from './context';
import { NodeFunction } from './node-function';
import { onlyOnce, runEveryMinutes } from './schedule';
import { allowOnTable } from './table-grants';

const EVERY_MINUTES = 1;

/** Finishes, once a minute, the requests whose process died. */
export class Sweeping extends Construct {
  constructor(scope: Construct, id: string, context: BuildContext) {
    super(scope, id);
    const { stage, settings, storage } = context;
    const sweeper = new NodeFunction(this, 'Function', {
      folder: 'sweeper',
      description: 'Finishes requests whose process died and releases what they held.',
      timeout: Duration.seconds(55),
      reservedConcurrentExecutions: settings.sweeperConcurrency === 'reserved' ? 1 : undefined,
      ...onlyOnce(EVERY_MINUTES),
      context,
      environment: {
        ...commonEnvironment(stage, settings),
        LIMITS_TABLE: storage.limits.tableName,
        LEDGER_TABLE: storage.ledger.tableName,
        LEDGER_RETENTION_DAYS: String(settings.ledgerRetentionDays),
      } satisfies SweeperEnv,
    });

    allowOnTable(sweeper, storage.ledger, ['Query', 'GetItem', 'PutItem', 'DeleteItem']);
    allowOnTable(sweeper, storage.limits, ['GetItem', 'UpdateItem']);
    runEveryMinutes(this, EVERY_MINUTES, sweeper);
  }
}
