import { createApplyRecords } from '../../../lambdas/core/counters/apply-records';
import { toSeries } from '../../../lambdas/core/counters/series';
import type { OperationalValues } from '../../../lambdas/core/telemetry/operational';
import { createReconcile } from '../../../lambdas/reconciler/reconcile';
import { aRequestRecord } from '../../support/a-request-record';
import { aStreamEvent, aStreamItem } from '../../support/a-stream-event';
import { createFakeCounterStore, type Mishap } from '../../support/fake-counter-store';
import { createFakeLog } from '../../support/fake-log';

const record = (requestId: string) => aRequestRecord({ requestId });
const kept = (event: unknown) => JSON.stringify({ version: '1.0', payload: JSON.stringify(event) });
const poison = aStreamItem(record('poison'), '7', { schema: 99 });

const aReconciler = (files: Record<string, string>, options: { mishaps?: Mishap[]; remainingMs?: number[] } = {}) => {
  const objects = new Map(Object.entries(files));
  const { store, read } = createFakeCounterStore(() => options.mishaps?.shift() ?? 'none');
  const log = createFakeLog();
  const published: OperationalValues[] = [];
  const reconcile = createReconcile({
    bucket: {
      async *keys() {
        yield* [...objects.keys()];
      },
      read: async (key) => objects.get(key) ?? '',
      remove: async (key) => {
        objects.delete(key);
      },
    },
    apply: createApplyRecords({ store, random: Math.random, pause: async () => {} }),
    publish: async (values) => {
      published.push(values);
    },
    log,
  });
  const remaining = options.remainingMs ?? [];
  const run = () =>
    reconcile({}, { awsRequestId: 'aws-1', getRemainingTimeInMillis: () => remaining.shift() ?? 200_000 });
  const requests = () =>
    (toSeries(read()).get('gateway_requests_total') ?? []).reduce(
      (sum, series) => sum + (series.kind === 'value' ? series.value : 0n),
      0n,
    );
  return { run, objects, log, published, requests };
};

describe('the reconciler', () => {
  it('counts kept failures and removes them', async () => {
    const { run, objects, requests, published } = aReconciler({
      'aws/lambda/1': kept(aStreamEvent([record('a'), record('b')])),
      'aws/lambda/2': kept(aStreamEvent([record('b'), record('c')])),
    });

    await run();

    expect(requests()).toBe(3n);
    expect(objects.size).toBe(0);
    expect(published).toEqual([{ failures_reapplied: 2, failures_kept: 0 }]);
  });

  it('takes an event that is not encoded twice', async () => {
    const { run, objects, requests } = aReconciler({ one: JSON.stringify({ payload: aStreamEvent([record('a')]) }) });

    await run();

    expect([requests(), objects.size]).toEqual([1n, 0]);
  });

  it('counts what it can of an object, and keeps the object for the rest', async () => {
    const event = aStreamEvent([record('a'), record('b')]);
    const { run, objects, requests, log } = aReconciler({ one: kept({ Records: [...event.Records, poison] }) });

    await run();
    await run();

    expect(requests()).toBe(2n);
    expect([...objects.keys()]).toEqual(['one']);
    expect(log.events.map(({ name, fields }) => [name, fields?.object])).toEqual([
      ['failure_kept', 'one'],
      ['failure_kept', 'one'],
    ]);
  });

  it.each([
    ['is no JSON', 'oops'],
    ['came without its event', JSON.stringify({ version: '1.0', DDBStreamBatchInfo: {} })],
    ['holds another event', kept({ detail: {} })],
  ])('keeps an object that %s, logs it, and goes on', async (_, text) => {
    const { run, objects, requests, published } = aReconciler({ bad: text, good: kept(aStreamEvent([record('a')])) });

    await run();

    expect(requests()).toBe(1n);
    expect([...objects.keys()]).toEqual(['bad']);
    expect(published).toEqual([{ failures_reapplied: 1, failures_kept: 1 }]);
  });

  it('keeps an object whose records could not be written, and counts them once at the next run', async () => {
    const { run, objects, requests } = aReconciler(
      { one: kept(aStreamEvent([record('a')])) },
      { mishaps: ['answer lost'] },
    );

    await run();
    const between = objects.size;
    await run();

    expect([between, objects.size, requests()]).toEqual([1, 0, 1n]);
  });

  it('stops before its time is up', async () => {
    const { run, objects } = aReconciler(
      { one: kept(aStreamEvent([record('a')])), two: kept(aStreamEvent([record('b')])) },
      { remainingMs: [60_000, 29_999] },
    );

    await run();

    expect([...objects.keys()]).toEqual(['two']);
  });
});
