import type { FunctionResult } from '../../../local/aws/lambda/create-lambda';
import { deliverBatch } from '../../../local/streams/deliver-batch';
import type { EventSource } from '../../../local/streams/event-source';
import type { StreamRecord } from '../../../local/streams/stream-record';
import { anEventSource, aRecord } from './stream-parts';

const ok = (answer: unknown = null): FunctionResult => ({ payload: Buffer.from(JSON.stringify(answer)) });
const failed: FunctionResult = { payload: Buffer.from('{}'), functionError: 'Unhandled' };

/** Delivers records 1, 2, ... to a function that judges the numbers it is given. */
const deliver = async (
  source: Partial<EventSource>,
  records: readonly StreamRecord[],
  judge: (numbers: number[], call: number) => FunctionResult,
) => {
  const calls: number[][] = [];
  const givenUp: { numbers: number[]; condition: string; attempts: number }[] = [];
  const numbersOf = (list: readonly StreamRecord[]) => list.map(({ dynamodb }) => Number(dynamodb.SequenceNumber));
  await deliverBatch(
    {
      source: anEventSource(source),
      invoke: async (payload) => {
        const numbers = numbersOf(JSON.parse(payload.toString()).Records);
        calls.push(numbers);
        return judge(numbers, calls.length);
      },
      giveUp: async (batch, condition) => {
        givenUp.push({ numbers: numbersOf(batch.records), condition, attempts: batch.attempts });
      },
      now: () => new Date(),
      signal: new AbortController().signal,
    },
    { records, attempts: 0 },
  );
  return { calls, givenUp };
};

const four = [1, 2, 3, 4].map((number) => aRecord(number));

describe('a batch', () => {
  it('is done with when the function succeeds', async () => {
    const { calls, givenUp } = await deliver({}, four, () => ok());

    expect(calls).toEqual([[1, 2, 3, 4]]);
    expect(givenUp).toEqual([]);
  });

  it('is repeated whole until the function succeeds', async () => {
    const { calls } = await deliver({}, four, (_, call) => (call < 3 ? failed : ok()));

    expect(calls).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ]);
  });

  it('is split around a record that fails, so that only that one is given up', async () => {
    const { calls, givenUp } = await deliver({ bisects: true, retryAttempts: 1 }, four, (numbers) =>
      numbers.includes(3) ? failed : ok(),
    );

    expect(calls).toEqual([[1, 2, 3, 4], [1, 2], [3, 4], [3], [3], [4]]);
    expect(givenUp).toEqual([{ numbers: [3], condition: 'RetryAttemptsExhausted', attempts: 2 }]);
  });

  it('is given up when its retries are used up', async () => {
    const { calls, givenUp } = await deliver({ retryAttempts: 2 }, four, () => failed);

    expect(calls).toHaveLength(3);
    expect(givenUp).toEqual([{ numbers: [1, 2, 3, 4], condition: 'RetryAttemptsExhausted', attempts: 3 }]);
  });

  it('is repeated from the lowest record that the function reports', async () => {
    const report = { batchItemFailures: [{ itemIdentifier: '4' }, { itemIdentifier: '2' }] };
    const { calls } = await deliver({ reportsItemFailures: true }, four, (_, call) => ok(call === 1 ? report : null));

    expect(calls).toEqual([
      [1, 2, 3, 4],
      [2, 3, 4],
    ]);
  });

  it('is repeated whole when the report names a record that is not in it', async () => {
    const report = { batchItemFailures: [{ itemIdentifier: '' }] };
    const { calls } = await deliver({ reportsItemFailures: true }, four, (_, call) => ok(call === 1 ? report : {}));

    expect(calls).toEqual([
      [1, 2, 3, 4],
      [1, 2, 3, 4],
    ]);
  });

  it('is taken for done when the mapping does not ask for reports', async () => {
    const { calls } = await deliver({}, four, () => ok({ batchItemFailures: [{ itemIdentifier: '1' }] }));

    expect(calls).toHaveLength(1);
  });

  it('loses the records that are too old before the function sees it', async () => {
    const records = [aRecord(1, { secondsAgo: 120 }), aRecord(2)];

    const { calls, givenUp } = await deliver({ recordAgeSeconds: 60 }, records, () => ok());

    expect(calls).toEqual([[2]]);
    expect(givenUp).toMatchObject([{ numbers: [1], condition: 'RecordAgeExceeded' }]);
  });
});
