import { readRecord } from '../../../../lambdas/core/counters/read-record';
import { readStreamEvent } from '../../../../lambdas/core/counters/read-stream-event';
import { measure } from '../../../../lambdas/core/telemetry/measure';
import { aCorrection, anAttempt, aRequestRecord } from '../../../support/a-request-record';
import { aStreamEvent, aStreamItem } from '../../../support/a-stream-event';

const readOne = (changes: Record<string, unknown>, record = aRequestRecord()) =>
  readStreamEvent({ Records: [aStreamItem(record, '1', changes)] });

describe('an event of the ledger stream', () => {
  it('gives back the records as they were written', () => {
    const written = [
      aRequestRecord({ attempts: [anAttempt({ outcome: 'throttled' }), anAttempt()], userId: 'u', clampedToTokens: 9 }),
      aCorrection(),
    ];

    const { records, unreadable, size, oldestAt } = readStreamEvent(aStreamEvent(written));

    expect(records).toEqual(written);
    expect({ unreadable, size, oldestAt }).toEqual({ unreadable: [], size: 2, oldestAt: 1_795_255_200_000 });
  });

  it('reads a record with fields that this version does not know', () => {
    const { records, unreadable } = readOne({ weather: 'fine', nested: { list: [1, null, true] } });

    expect(unreadable).toEqual([]);
    expect(records.flatMap(measure)).toEqual(measure(aRequestRecord()));
  });

  it.each([
    ['errorCode', 'a_code_of_tomorrow', {}],
    ['cache', 'lukewarm', { cache: 'off' }],
    ['finishReason', 'bored', { finishReason: 'other' }],
  ])('reads an unknown word in %s as the nearest that is known', (field, word, read) => {
    const { records } = readOne({ [field]: word });

    expect(records).toMatchObject([read]);
    expect(records[0]).not.toMatchObject({ [field]: word });
  });

  it.each([
    ['an unknown schema version', { schema: 2 }, 'schema'],
    ['an unknown kind', { kind: 'probe' }, 'kind'],
    ['an unknown outcome', { outcome: 'bored' }, 'outcome'],
    ['a cost that is no whole number', { costNanoUsd: 1.5 }, 'costNanoUsd'],
    ['a negative cost', { costNanoUsd: -1 }, 'costNanoUsd'],
    ['usage without a kind of token', { usage: { input: 1 } }, 'usage.output'],
    ['no duration', { durationMs: undefined }, 'durationMs'],
  ])('cannot read a record with %s, and says where', (_, changes, field) => {
    const { records, unreadable } = readOne(changes);

    expect(records).toEqual([]);
    expect(unreadable.map(({ sequenceNumber }) => sequenceNumber)).toEqual(['1']);
    expect(String(unreadable[0]?.error)).toContain(`knows: ${field}`);
  });

  it('passes over what is no new record: in-flight items, changes and deletions', () => {
    const record = aStreamItem(aRequestRecord(), '1');
    const inFlight = {
      ...record,
      dynamodb: { ...record.dynamodb, Keys: { pk: { S: 'inflight#3' }, sk: { S: '17#a' } } },
    };
    const { NewImage: _, ...deleted } = record.dynamodb;

    const { records, unreadable } = readStreamEvent({
      Records: [inFlight, { ...record, eventName: 'MODIFY' }, { ...record, eventName: 'REMOVE', dynamodb: deleted }],
    });

    expect({ records, unreadable }).toEqual({ records: [], unreadable: [] });
  });

  it('refuses what is no stream event at all', () => {
    expect(() => readStreamEvent({ detail: {} })).toThrow();
  });

  it('reads every retained version of a record to the same measurements', () => {
    const schema1 = { ...aRequestRecord(), pk: 'request-0000001a', sk: 'record', expiresAt: 1_800_000_000 };

    expect(measure(readRecord(schema1))).toEqual(measure(aRequestRecord()));
  });
});
