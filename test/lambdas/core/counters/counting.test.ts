import fc from 'fast-check';
import { createApplyRecords } from '../../../../lambdas/core/counters/apply-records';
import type { Counters } from '../../../../lambdas/core/counters/counter-store';
import { mergeIncrements, planChunks, toCountedRecord } from '../../../../lambdas/core/counters/plan-chunks';
import type { LedgerRecord } from '../../../../lambdas/core/ledger/record';
import { MODELS } from '../../../../lambdas/core/models/catalogue';
import { REGIONS } from '../../../../lambdas/core/telemetry/regions';
import {
  aCorrection,
  anAbandonedRecord,
  anAttempt,
  aRequestRecord,
  MODEL,
  OTHER_MODEL,
} from '../../../support/a-request-record';
import { createFakeCounterStore, type Mishap } from '../../../support/fake-counter-store';

/** What counters hold once each of `records` is counted once. */
const countedOnce = (records: readonly LedgerRecord[]): Counters => {
  const unique = new Map(records.map(toCountedRecord).map((record) => [record.id, record.increments]));
  return new Map(
    [...mergeIncrements([...unique.values()])].map(([family, attributes]) => [
      family,
      new Map([...attributes].map(([attribute, by]) => [attribute, BigInt(by)])),
    ]),
  );
};

const plain = (counters: Counters) =>
  Object.fromEntries([...counters].map(([family, attributes]) => [family, Object.fromEntries(attributes)]));

const pause = async (): Promise<void> => {};
const applyTo = (store: ReturnType<typeof createFakeCounterStore>['store'], random = Math.random) =>
  createApplyRecords({ store, random, pause });

/** Sixty records of every kind, in a fixed order. */
const RECORDS: readonly LedgerRecord[] = Array.from({ length: 60 }, (_, index) => {
  const requestId = `request-${index}`;
  const model = index % 3 === 0 ? OTHER_MODEL : MODEL;
  const attempts =
    index % 4 === 0 ? [anAttempt({ outcome: 'throttled' }), anAttempt({ model })] : [anAttempt({ model })];
  const record = aRequestRecord({ requestId, model, attempts, durationMs: index * 37, costNanoUsd: 1_000 + index });
  if (index % 10 === 9) return anAbandonedRecord({ requestId: `request-${index + 1}` });
  return index > 0 && index % 10 === 0 ? aCorrection(anAbandonedRecord({ requestId }), record) : record;
});

describe('counting records', () => {
  it('counts each record once', async () => {
    const { store, read } = createFakeCounterStore();

    await applyTo(store)(RECORDS);

    expect(plain(read())).toEqual(plain(countedOnce(RECORDS)));
  });

  it('counts a record and its correction separately', async () => {
    const { store, commits } = createFakeCounterStore();
    const abandoned = anAbandonedRecord();

    await applyTo(store)([abandoned, aCorrection(abandoned)]);

    expect(commits.flatMap(({ ids }) => ids)).toEqual([abandoned.requestId, `${abandoned.requestId}#correction`]);
  });

  it('writes nothing for records that were counted before', async () => {
    const { store, commits } = createFakeCounterStore();
    await applyTo(store)(RECORDS);
    const before = commits.length;

    await applyTo(store)(RECORDS.slice(10, 40));

    expect(commits).toHaveLength(before);
  });

  it('counts the new records of a batch that overlaps an earlier one', async () => {
    const { store, commits } = createFakeCounterStore();
    await applyTo(store)(RECORDS.slice(0, 5));

    await applyTo(store)(RECORDS.slice(3, 8));

    expect(commits.at(-1)?.ids).toEqual(RECORDS.slice(5, 8).map((record) => toCountedRecord(record).id));
  });

  it('goes to another lane when its own is taken', async () => {
    const mishaps: Mishap[] = ['conflict', 'conflict'];
    const { store, commits } = createFakeCounterStore(() => mishaps.shift() ?? 'none');
    const tried: number[] = [];
    const watched = {
      ...store,
      commit: (chunk: Parameters<typeof store.commit>[0]) => {
        tried.push(chunk.lane);
        return store.commit(chunk);
      },
    };

    await applyTo(watched, () => 0)([aRequestRecord()]);

    expect(tried).toEqual([0, 1, 2]);
    expect(commits).toHaveLength(1);
  });

  it('gives up with a clear message when it is contended again and again', async () => {
    const { store } = createFakeCounterStore(() => 'conflict');

    await expect(applyTo(store)([aRequestRecord()])).rejects.toThrow(/contended 20 times.*Feed the records again/);
  });

  it('never counts twice and never loses a record, whatever the grouping, the overlap and the mishaps', async () => {
    const slice = fc.tuple(fc.nat({ max: 59 }), fc.integer({ min: 1, max: 60 }));
    const mishap = fc.constantFrom<Mishap>('none', 'none', 'conflict', 'fails', 'answer lost');

    await fc.assert(
      fc.asyncProperty(fc.array(slice, { maxLength: 8 }), fc.array(mishap, { maxLength: 60 }), async (slices, plan) => {
        const mishaps = [...plan];
        const { store, read } = createFakeCounterStore(() => mishaps.shift() ?? 'none');
        const apply = applyTo(store);
        const untilApplied = async (records: readonly LedgerRecord[]): Promise<void> => {
          for (;;) {
            const done = await apply(records).then(
              () => true,
              () => false,
            );
            if (done) return;
          }
        };
        const batches = [...slices.map(([start, length]) => RECORDS.slice(start, start + length)), RECORDS];

        await Promise.all(batches.map(untilApplied));

        expect(plain(read())).toEqual(plain(countedOnce(RECORDS)));
      }),
      { numRuns: 100 },
    );
  });
});

describe('a plan of chunks', () => {
  const sizes = (records: readonly LedgerRecord[]) =>
    planChunks(records.map(toCountedRecord)).map((chunk) => {
      const families = [...mergeIncrements(chunk.map(({ increments }) => increments))];
      return {
        items: chunk.length + families.length,
        attributes: Math.max(...families.map(([, attributes]) => attributes.size)),
      };
    });

  it('keeps every record, in order', () => {
    const ids = planChunks(RECORDS.map(toCountedRecord))
      .flat()
      .map(({ id }) => id);

    expect(ids).toEqual(RECORDS.map((record) => toCountedRecord(record).id));
  });

  it('fits each chunk into one transaction and each item into one expression', () => {
    const many = Array.from({ length: 2_000 }, (_, index) => {
      const model = MODELS[index % MODELS.length]?.id ?? MODEL;
      const region = ['us-east-1', 'eu-west-1', 'ap-south-1', 'sa-east-1'][index % 4] ?? '';
      return aRequestRecord({
        requestId: `r${index}`,
        model,
        region,
        durationMs: 3 ** (index % 11),
        attempts: [anAttempt({ model, region })],
      });
    });

    const chunks = sizes(many);

    expect(Math.max(...chunks.map(({ items }) => items))).toBeLessThan(100);
    expect(Math.max(...chunks.map(({ attributes }) => attributes))).toBeLessThanOrEqual(300);
    expect(chunks.length).toBeLessThan(60);
  });

  it('cuts before one item gets more attributes than an expression takes', () => {
    const everywhere = REGIONS.map((region) =>
      aRequestRecord({ requestId: region, region, attempts: [anAttempt({ region })] }),
    );

    const chunks = sizes(everywhere);

    expect(chunks.length).toBeGreaterThan(1);
    expect(Math.max(...chunks.map(({ attributes }) => attributes))).toBeLessThanOrEqual(300);
  });

  it('touches eight items for a request that one model answered: three of series, five of roll-ups', () => {
    const [chunk = []] = planChunks([toCountedRecord(aRequestRecord())]);

    const families = chunk.flatMap(({ increments }) => [...increments.keys()]);

    expect(families.sort()).toEqual([
      '-',
      'account#acme',
      'minute#29920920',
      'model#claude-sonnet-4-5',
      'service#gateway',
      'spend#2026-11',
      'spend#2026-11-21T10',
      'totals',
    ]);
  });
});
