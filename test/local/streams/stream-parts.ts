import type { EventSource } from '../../../local/streams/event-source';
import type { StreamRecord } from '../../../local/streams/stream-record';

export const aRecord = (
  sequenceNumber: number,
  overrides: { secondsAgo?: number; text?: string } = {},
): StreamRecord => ({
  eventID: `event ${sequenceNumber}`,
  eventName: 'INSERT',
  eventVersion: '1.1',
  eventSource: 'aws:dynamodb',
  awsRegion: 'eu-west-1',
  eventSourceARN: 'arn:aws:dynamodb:eu-west-1:123456789012:table/t/stream/s',
  dynamodb: {
    ApproximateCreationDateTime: Math.floor(Date.now() / 1000) - (overrides.secondsAgo ?? 0),
    Keys: { pk: { S: overrides.text ?? String(sequenceNumber) } },
    SequenceNumber: String(sequenceNumber),
    SizeBytes: 10,
    StreamViewType: 'NEW_IMAGE',
  },
});

export const anEventSource = (overrides: Partial<EventSource> = {}): EventSource => ({
  id: 'Mapping',
  functionName: 'consumer',
  streamArn: 'arn:template',
  startingPosition: 'TRIM_HORIZON',
  batchSize: 100,
  batchingWindowSeconds: 0,
  retryAttempts: -1,
  recordAgeSeconds: -1,
  bisects: false,
  reportsItemFailures: false,
  filters: [],
  failureBucket: 'failures',
  ...overrides,
});
