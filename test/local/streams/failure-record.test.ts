import { toFailureObject } from '../../../local/streams/failure-record';
import { anEventSource, aRecord } from './stream-parts';

describe('the object of a failed batch', () => {
  it('lies in the folder of its shard and day, and holds the whole event as text', () => {
    const records = [aRecord(7), aRecord(9)];

    const { key, body } = toFailureObject({
      source: anEventSource(),
      streamArn: 'arn:stream',
      functionArn: 'arn:function',
      shardId: 'shard-1',
      records,
      condition: 'RetryAttemptsExhausted',
      invocations: 11,
      now: new Date('2026-11-21T08:09:10.111Z'),
    });

    expect(key).toMatch(/^aws\/lambda\/Mapping\/shard-1\/2026\/11\/21\/2026-11-21T08\.09\.10-[0-9a-f-]{36}$/);
    const failure = JSON.parse(body);
    expect(failure).toMatchObject({
      requestContext: {
        functionArn: 'arn:function',
        condition: 'RetryAttemptsExhausted',
        approximateInvokeCount: 11,
      },
      DDBStreamBatchInfo: {
        shardId: 'shard-1',
        startSequenceNumber: '7',
        endSequenceNumber: '9',
        batchSize: 2,
        streamArn: 'arn:stream',
      },
    });
    expect(JSON.parse(failure.payload)).toEqual({ Records: records });
  });
});
