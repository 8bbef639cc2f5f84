import { planChunks, toCountedRecord } from '../../../../lambdas/core/counters/plan-chunks';
import { MODELS } from '../../../../lambdas/core/models/catalogue';
import { createGuardBatch } from '../../../../lambdas/core/platform/guard-batch';
import { toPlatformRecords } from '../../../../lambdas/core/platform/to-platform-records';
import { anEvent, FULL_EVENTS, NAMES } from '../../../support/a-platform-record';

const ORIGIN = { requestId: 'report-1', accountId: 'acme', keyId: 'key1', receivedAt: 1_000, intakeMs: 3 };
const guard = createGuardBatch(NAMES);

const recordsOf = (events: Parameters<typeof guard>[0]['events']) =>
  toPlatformRecords(guard({ service: 'worker', events }), ORIGIN);

describe('the records of a report', () => {
  it('are one, for events of every type', () => {
    const events = FULL_EVENTS.map((event) => anEvent(event));

    expect(recordsOf(events)).toEqual([
      {
        schema: 1,
        kind: 'platform',
        ...ORIGIN,
        service: 'worker',
        events: events.map((event) => ('session' in event ? { ...event, session: expect.any(String) } : event)),
        overflow: [],
      },
    ]);
  });

  it('are more when one transaction could not count them, each event in one of them', () => {
    const events = Array.from({ length: 100 }, (_, index) =>
      anEvent({
        type: 'gateway_request',
        model: MODELS[index % MODELS.length]?.id ?? '',
        region: index % 2 === 0 ? 'us-east-1' : 'eu-west-1',
        status: index % 3 === 0 ? 'success' : 'timeout',
        durationSeconds: index,
        inputTokens: index,
        outputTokens: index * 40,
      }),
    );

    const records = recordsOf(events);

    expect(records.length).toBeGreaterThan(1);
    expect(records.flatMap((record) => record.events)).toEqual(events);
    expect(records.map(({ requestId }) => requestId)).toEqual(
      records.map((_, index) => (index === 0 ? 'report-1' : `report-1.${index}`)),
    );
    expect(records.flatMap(({ intakeMs }) => intakeMs ?? [])).toEqual([3]);
    for (const record of records) {
      const { increments } = toCountedRecord(record);
      expect(increments.size).toBeLessThan(96);
      for (const attributes of increments.values()) expect(attributes.size).toBeLessThanOrEqual(300);
    }
    expect(planChunks(records.map((record) => toCountedRecord(record))).flat()).toHaveLength(records.length);
  });

  it('add up what overflowed', () => {
    const junk = (taskType: string) => anEvent({ type: 'task', taskType, status: 'success', count: 2 });

    const [record] = recordsOf([junk('a'), junk('b')]);

    expect(record?.overflow).toEqual([{ metric: 'tasks_completed_total', label: 'task_type', count: 4 }]);
  });
});
