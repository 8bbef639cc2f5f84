import { Duration } from 'aws-cdk-lib';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, S3OnFailureDestination } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { AggregatorEnv } from '../lambdas/aggregator/env';
import { commonEnvironment } from './common-environment';
import type { BuildContext } from './context';
import { NodeFunction } from './node-function';
import { allowOnTable } from './table-grants';

/** Folds the terminal records of the ledger's stream into the counters. */
export class UsageAggregation extends Construct {
  readonly function: NodeFunction;

  constructor(scope: Construct, id: string, { stage, settings, storage }: BuildContext) {
    super(scope, id);
    this.function = new NodeFunction(this, 'Function', {
      folder: 'aggregator',
      description: 'Folds the ledger stream into the counters.',
      timeout: Duration.minutes(1),
      settings,
      environment: {
        ...commonEnvironment(stage, settings),
        COUNTERS_TABLE: storage.counters.tableName,
        MARKER_RETENTION_DAYS: String(settings.markerRetentionDays),
      } satisfies AggregatorEnv,
    });

    allowOnTable(this.function, storage.counters, [
      'GetItem',
      'BatchGetItem',
      'Query',
      'PutItem',
      'UpdateItem',
      'ConditionCheckItem',
    ]);
    this.function.addEventSource(
      new DynamoEventSource(storage.ledger, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 100,
        maxBatchingWindow: Duration.seconds(5),
        bisectBatchOnError: true,
        retryAttempts: 10,
        maxRecordAge: Duration.hours(12),
        reportBatchItemFailures: true,
        onFailure: new S3OnFailureDestination(storage.failures),
        filters: [
          FilterCriteria.filter({
            eventName: FilterRule.isEqual('INSERT'),
            dynamodb: { Keys: { sk: { S: FilterRule.or('record', 'correction') } } },
          }),
        ],
      }),
    );
  }
}
