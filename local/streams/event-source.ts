import type { EventPattern } from './event-pattern';

/** An event-source mapping between a DynamoDB stream and a function. */
export type EventSource = {
  readonly id: string;
  readonly functionName: string;
  /** The ARN in the template; DynamoDB Local makes another one when the table is created. */
  readonly streamArn: string;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  readonly batchSize: number;
  readonly batchingWindowSeconds: number;
  /** -1: until the record is gone from the stream. */
  readonly retryAttempts: number;
  /** -1: any age. */
  readonly recordAgeSeconds: number;
  readonly bisects: boolean;
  readonly reportsItemFailures: boolean;
  /** A record passes when one of them matches, or when there are none. */
  readonly filters: readonly EventPattern[];
  readonly failureBucket: string | undefined;
};
