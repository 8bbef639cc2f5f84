import { createAggregate } from '../../../lambdas/aggregator/aggregate';
import { createApplyRecords } from '../../../lambdas/core/counters/apply-records';
import { createNotePresent } from '../../../lambdas/core/counters/note-present';
import type { GaugeReading } from '../../../lambdas/core/counters/readings';
import { toSeries } from '../../../lambdas/core/counters/series';
import type { OperationalValues } from '../../../lambdas/core/telemetry/operational';
import { aRequestRecord } from '../../support/a-request-record';
import { aStreamEvent, aStreamItem } from '../../support/a-stream-event';
import { createFakeCounterStore, type Mishap } from '../../support/fake-counter-store';
import { createFakeLog } from '../../support/fake-log';

const records = ['a', 'b', 'c'].map((requestId) => aRequestRecord({ requestId }));
const poison = aStreamItem(aRequestRecord({ requestId: 'poison' }), '101', { schema: 99 });

const anAggregator = (nextMishap?: () => Mishap) => {
  const { store, read } = createFakeCounterStore(nextMishap);
  const log = createFakeLog();
  const published: OperationalValues[] = [];
  const readings: GaugeReading[] = [];
  const sessions: string[] = [];
  const aggregate = createAggregate({
    apply: createApplyRecords({ store, random: Math.random, pause: async () => {} }),
    notePresent: createNotePresent({
      noteReadings: async (noted) => {
        readings.push(...noted);
      },
      noteSessions: async (noted) => {
        sessions.push(...noted.flatMap(({ sessionId }) => sessionId ?? []));
      },
    }),
    publish: async (values) => {
      published.push(values);
    },
    log,
    now: () => 1_795_255_203_500,
  });
  const requests = () =>
    (toSeries(read()).get('gateway_requests_total') ?? []).map((series) =>
      series.kind === 'value' ? series.value : 0n,
    );
  return {
    aggregate: (event: unknown) => aggregate(event, { awsRequestId: 'aws-1' }),
    log,
    published,
    requests,
    readings,
    sessions,
  };
};

describe('the aggregator', () => {
  it('counts the records of an event and reports no failures', async () => {
    const { aggregate, requests } = anAggregator();

    const response = await aggregate(aStreamEvent(records));

    expect(response).toEqual({ batchItemFailures: [] });
    expect(requests()).toEqual([3n]);
  });

  it('counts an event that comes again, whole or in part, once', async () => {
    const { aggregate, requests } = anAggregator();

    await aggregate(aStreamEvent(records));
    await aggregate(aStreamEvent(records.slice(1)));
    await aggregate(aStreamEvent([...records].reverse()));

    expect(requests()).toEqual([3n]);
  });

  it('reports a record that it cannot read, logs it, and counts the rest', async () => {
    const { aggregate, requests, log } = anAggregator();
    const { Records } = aStreamEvent(records);

    const response = await aggregate({ Records: [...Records.slice(0, 1), poison, ...Records.slice(1)] });

    expect(response).toEqual({ batchItemFailures: [{ itemIdentifier: '101' }] });
    expect(requests()).toEqual([3n]);
    expect(log.events).toMatchObject([
      { name: 'record_unreadable', context: { requestId: 'aws-1' }, fields: { sequence_number: '101' } },
    ]);
  });

  it('rejects when the counters cannot be written, so that the event comes again', async () => {
    const mishaps: Mishap[] = ['answer lost'];
    const { aggregate, requests } = anAggregator(() => mishaps.shift() ?? 'none');

    await expect(aggregate(aStreamEvent(records))).rejects.toThrow('The answer was lost.');
    await aggregate(aStreamEvent(records));

    expect(requests()).toEqual([3n]);
  });

  it('tells the size of the batch and how far it lags behind the ledger', async () => {
    const { aggregate, published } = anAggregator();

    await aggregate(aStreamEvent(records));

    expect(published).toEqual([{ stream_records: 3, unreadable_records: 0, stream_lag_ms: 3500 }]);
  });

  it('notes how full limits and pools were, and which sessions there are', async () => {
    const { aggregate, readings, sessions } = anAggregator();
    const record = aRequestRecord({ limitUsed: 0.8, poolUsed: { store: 0.1 }, sessionNamed: true });

    await aggregate(aStreamEvent([record]));

    expect(readings).toMatchObject([
      { metric: 'gateway_rate_limit_usage_ratio', labels: { endpoint: '/v1/chat/completions' }, value: 0.8 },
      { metric: 'gateway_connection_pool_usage_ratio', labels: { pool: 'store' }, value: 0.1 },
      { metric: 'telemetry_aggregator_lag_seconds', labels: {}, value: 3.5 },
    ]);
    expect(sessions).toEqual(['session-1']);
  });
});
