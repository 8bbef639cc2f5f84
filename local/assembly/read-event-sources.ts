import * as v from 'valibot';
import { readPattern } from '../streams/event-pattern';
import type { EventSource } from '../streams/event-source';
import type { Resources } from './resources';

const pattern = v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.unknown()), v.transform(readPattern));

/** Strict: a property that is not listed may change what the function is given. */
const mapping = v.strictObject({
  FunctionName: v.string(),
  EventSourceArn: v.pipe(v.string(), v.regex(/:dynamodb:.*\/stream\//, 'only DynamoDB streams are polled')),
  StartingPosition: v.picklist(['TRIM_HORIZON', 'LATEST']),
  BatchSize: v.optional(v.number(), 100),
  MaximumBatchingWindowInSeconds: v.optional(v.number(), 0),
  MaximumRetryAttempts: v.optional(v.number(), -1),
  MaximumRecordAgeInSeconds: v.optional(v.number(), -1),
  BisectBatchOnFunctionError: v.optional(v.boolean(), false),
  ParallelizationFactor: v.optional(v.literal(1, 'DynamoDB Local has one shard, which is read in order')),
  FunctionResponseTypes: v.optional(v.array(v.literal('ReportBatchItemFailures')), []),
  FilterCriteria: v.optional(v.object({ Filters: v.array(v.object({ Pattern: pattern })) })),
  DestinationConfig: v.optional(v.object({ OnFailure: v.object({ Destination: v.string() }) })),
  Enabled: v.optional(v.literal(true)),
});

const bucketOf = (arn: string | undefined): string | undefined => {
  if (arn === undefined) return undefined;
  if (!arn.startsWith('arn:aws:s3:::')) throw new Error(`Only S3 takes failed batches here, not ${arn}.`);
  return arn.slice('arn:aws:s3:::'.length);
};

/** A function may be named by its name or its ARN. */
const nameOf = (nameOrArn: string): string => nameOrArn.slice(nameOrArn.lastIndexOf(':') + 1);

export const readEventSources = (resources: Resources): readonly EventSource[] =>
  resources.ofType('AWS::Lambda::EventSourceMapping', mapping).map(({ logicalId, properties }) => ({
    id: logicalId,
    functionName: nameOf(properties.FunctionName),
    streamArn: properties.EventSourceArn,
    startingPosition: properties.StartingPosition,
    batchSize: properties.BatchSize,
    batchingWindowSeconds: properties.MaximumBatchingWindowInSeconds,
    retryAttempts: properties.MaximumRetryAttempts,
    recordAgeSeconds: properties.MaximumRecordAgeInSeconds,
    bisects: properties.BisectBatchOnFunctionError,
    reportsItemFailures: properties.FunctionResponseTypes.length > 0,
    filters: properties.FilterCriteria?.Filters.map(({ Pattern }) => Pattern) ?? [],
    failureBucket: bucketOf(properties.DestinationConfig?.OnFailure.Destination),
  }));
