import fc from 'fast-check';
import { createApplyRecords } from '../../../../lambdas/core/counters/apply-records';
import { toSeries } from '../../../../lambdas/core/counters/series';
import type { LedgerRecord } from '../../../../lambdas/core/ledger/record';
import type { PlatformEvent } from '../../../../lambdas/core/platform/event';
import { createGuardBatch } from '../../../../lambdas/core/platform/guard-batch';
import { observeEvent } from '../../../../lambdas/core/platform/observe-event';
import { toPlatformRecords } from '../../../../lambdas/core/platform/to-platform-records';
import { METRICS } from '../../../../lambdas/core/telemetry/metrics';
import { anEvent, FULL_EVENTS, NAMES } from '../../../support/a-platform-record';
import { aRequestRecord } from '../../../support/a-request-record';
import { createFakeCounterStore, type Mishap } from '../../../support/fake-counter-store';

const guard = createGuardBatch(NAMES);

const keyOf = (name: string, labels: object): string => `${name}${JSON.stringify(Object.entries(labels).sort())}`;

/** What each series of what services reported adds up to: counters their amount, histograms their sum and their count. */
const sumsOf = (events: readonly PlatformEvent[]): Record<string, string> => {
  const sums = new Map<string, bigint>();
  const add = (key: string, by: number) => sums.set(key, (sums.get(key) ?? 0n) + BigInt(by));
  for (const event of events) {
    for (const { name, labels, amount } of observeEvent(event, 'worker')) {
      const key = keyOf(name, labels);
      add(key, amount * event.count);
      if (METRICS[name].kind === 'histogram') add(`${key}#count`, event.count);
    }
  }
  return Object.fromEntries([...sums].filter(([, sum]) => sum !== 0n).map(([key, sum]) => [key, String(sum)]));
};

/** The same, read back from the counters. */
const counted = (read: ReturnType<typeof createFakeCounterStore>['read']): Record<string, string> => {
  const sums: [string, bigint][] = [];
  for (const [name, series] of toSeries(read())) {
    for (const one of series) {
      const key = keyOf(name, one.labels);
      if (one.kind === 'value') sums.push([key, one.value]);
      else sums.push([key, one.sum], [`${key}#count`, one.buckets.reduce((all, bucket) => all + bucket, 0n)]);
    }
  }
  return Object.fromEntries(sums.filter(([, sum]) => sum !== 0n).map(([key, sum]) => [key, String(sum)]));
};

const event = fc
  .tuple(fc.constantFrom(...FULL_EVENTS), fc.integer({ min: 1, max: 50 }))
  .map(([given, count]) => anEvent({ ...given, count }));
const reports = fc.array(fc.array(event, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 6 });
const replays = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 20 })), { maxLength: 5 });
const mishap = fc.constantFrom<Mishap>('none', 'none', 'conflict', 'fails', 'answer lost');

describe('counting what services report', () => {
  it('adds up every event once, whatever the grouping, the replays and the mishaps', async () => {
    await fc.assert(
      fc.asyncProperty(reports, replays, fc.array(mishap, { maxLength: 30 }), async (batches, slices, plan) => {
        const mishaps = [...plan];
        const { store, read } = createFakeCounterStore(() => mishaps.shift() ?? 'none');
        const apply = createApplyRecords({ store, random: Math.random, pause: async () => {} });
        const records: LedgerRecord[] = batches.flatMap((events, index) =>
          toPlatformRecords(guard({ service: 'worker', events }), {
            requestId: `report-${index}`,
            accountId: 'acme',
            keyId: 'key1',
            receivedAt: 1_795_255_200_000,
          }),
        );
        const untilApplied = async (some: readonly LedgerRecord[]): Promise<void> => {
          const done = await apply(some).then(
            () => true,
            () => false,
          );
          if (!done) await untilApplied(some);
        };
        const parts = slices.map(([start, length]) => {
          const from = start % records.length;
          return records.slice(from, from + length);
        });

        await Promise.all([...parts, records].map(untilApplied));

        expect(counted(read)).toEqual(sumsOf(batches.flat()));
      }),
      { numRuns: 60 },
    );
  });

  it('keeps models that only the deployment knows, beside those of requests', async () => {
    const { store, read } = createFakeCounterStore();
    const apply = createApplyRecords({ store, random: Math.random, pause: async () => {} });
    const event = anEvent({ type: 'inference', model: 'llama-at-home', status: 'success', durationSeconds: 0.5 });
    const records = toPlatformRecords(guard({ service: 'worker', events: [event] }), {
      requestId: 'report-1',
      accountId: 'acme',
      keyId: 'key1',
      receivedAt: 1_795_255_200_000,
    });

    await apply([aRequestRecord(), ...records]);

    expect(counted(read)).toMatchObject(sumsOf([event]));
    expect(Object.keys(counted(read)).filter((series) => series.startsWith('gateway_requests_total'))).toHaveLength(1);
  });
});
