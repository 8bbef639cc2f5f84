import { Duration } from 'aws-cdk-lib';
import { FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Construct } from 'constructs';
import type { AggregatorEnv } from '../lambdas/aggregator/env';
import { acknowledge, everyObjectOf } from './acknowledge';
import { commonEnvironment } from './common-environment';
import type { BuildContext } from './context';
import { createFailureDestination } from './failure-destination';
import { NodeFunction } from './node-function';
import { allowFolding, allowOnTable } from './table-grants';

/** Terminal records only: in-flight items come and go in the same table, and time-to-live removes old records. */
const terminalRecords = FilterCriteria.filter({
  eventName: FilterRule.isEqual('INSERT'),
  dynamodb: { Keys: { sk: { S: FilterRule.or('record', 'correction') } } },
});

/** Folds the terminal records of the ledger's stream into the counters. */
export class UsageAggregation extends Construct {
  constructor(scope: Construct, id: string, context: BuildContext) {
    super(scope, id);
    const { stage, settings, storage } = context;
    const aggregator = new NodeFunction(this, 'Function', {
      folder: 'aggregator',
      description: 'Folds the ledger stream into the counters.',
      logClass: 'debug',
      timeout: Duration.minutes(1),
      context,
      environment: {
        ...commonEnvironment(stage, settings),
        COUNTERS_TABLE: storage.counters.tableName,
        MARKER_RETENTION_DAYS: String(settings.markerRetentionDays),
      } satisfies AggregatorEnv,
    });

    allowFolding(aggregator, storage.counters);
    allowOnTable(aggregator, storage.counters, ['BatchWriteItem']);
    acknowledge(this, { [everyObjectOf(storage.failures)]: 'Lambda names the objects that it puts.' });
    aggregator.addEventSource(
      new DynamoEventSource(storage.ledger, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        batchSize: 100,
        maxBatchingWindow: Duration.seconds(5),
        filters: [terminalRecords],
        reportBatchItemFailures: true,
        // Unbounded, as by default, one poisonous record would block its shard until the stream drops it.
        retryAttempts: 10,
        maxRecordAge: Duration.hours(12),
        bisectBatchOnError: true,
        onFailure: createFailureDestination(storage.failures),
      }),
    );
  }
}
