import { createReadCounters } from '../../../lambdas/core/counters/read-counters';
import { toSeries } from '../../../lambdas/core/counters/series';
import type { WriteFailure } from '../../../lambdas/core/prometheus/send-write-request';
import { createCountWrites } from '../../../lambdas/remote-writer/count-writes';
import { createWriterState } from '../../../lambdas/remote-writer/dynamodb-writer-state';
import type { Failed } from '../../../lambdas/remote-writer/write-slot';
import type { WriterState } from '../../../lambdas/remote-writer/writer-state';
import { dynamoDbOfTests } from '../../support/dynamodb-local';
import { createTable } from '../../support/tables';
import { FakeWriterState } from './fake-writer-state';

const { client } = dynamoDbOfTests();

const aTable = async () => ({ client, table: await createTable(client, ['pk', 'sk']) });

const STATES: Record<string, () => Promise<WriterState>> = {
  'in the counters table': async () => createWriterState(await aTable()),
  'of the tests': async () => new FakeWriterState(),
};

describe.each(Object.entries(STATES))('the state of the writer %s', (_, aState) => {
  it('gives a slot to one taker, and says which slot was before it', async () => {
    const state = await aState();

    expect(await state.take(60, 'a')).toEqual({ taken: true, previous: undefined });
    expect(await state.take(60, 'b')).toEqual({ taken: false, previous: undefined });
    expect(await state.take(120, 'b')).toEqual({ taken: true, previous: 60 });
  });

  it('gives a slot once when many ask at the same time', async () => {
    const state = await aState();

    const takes = await Promise.all(Array.from({ length: 10 }, (_, taker) => state.take(60, String(taker))));

    expect(takes.filter(({ taken }) => taken)).toHaveLength(1);
  });

  it('gives a slot again to its taker, whose answer may have been lost', async () => {
    const state = await aState();
    await state.take(60, 'a');

    expect((await state.take(60, 'a')).taken).toBe(true);
  });

  it('gives no slot that is older than the last', async () => {
    const state = await aState();
    await state.take(120, 'a');

    expect((await state.take(60, 'a')).taken).toBe(false);
  });

  it('keeps series that are known, each once', async () => {
    const state = await aState();
    await state.addKnown(['00112233445566ff', 'a0112233445566ff']);
    await state.addKnown(['00112233445566ff', '0f112233445566ff']);

    expect([...(await state.readKnown())].sort()).toEqual(['00112233445566ff', '0f112233445566ff', 'a0112233445566ff']);
  });

  it('keeps ten thousand series', async () => {
    const state = await aState();
    const hashes = Array.from({ length: 10_000 }, (_, index) => (index * 0x9e3779b1).toString(16).padStart(16, '0'));

    await state.addKnown(hashes);

    expect(await state.readKnown()).toEqual(new Set(hashes));
  });

  it('keeps the gauges that were saved last', async () => {
    const state = await aState();
    expect(await state.readGauges()).toEqual([]);

    await state.saveGauges(['[["__name__","a"]]', '[["__name__","b"]]']);
    await state.saveGauges(['[["__name__","a"]]']);

    expect(await state.readGauges()).toEqual(['[["__name__","a"]]']);
  });
});

describe('what became of slots', () => {
  const aFailure = (reason: WriteFailure, samples: number): Failed => ({
    reason,
    samples,
    result: { written: false, reason, status: undefined, text: '', cause: undefined },
  });

  const setUp = async () => {
    const table = await aTable();
    const readCounters = createReadCounters(table);
    const valuesOf = async (name: string) =>
      (toSeries(await readCounters()).get(`telemetry_remote_write_${name}`) ?? [])
        .flatMap((series) => (series.kind === 'value' ? [[series.labels.reason ?? '', series.value] as const] : []))
        .sort();
    return { count: createCountWrites(table), valuesOf };
  };

  it('is counted among the series, each slot once', async () => {
    const { count, valuesOf } = await setUp();
    await count(60, { samples: 10, newSeries: 0, failed: [] });
    await count(60, { samples: 10, newSeries: 0, failed: [] });
    await count(120, { samples: 11, newSeries: 0, failed: [] });

    expect(await valuesOf('samples_total')).toEqual([['', 21n]]);
    expect(await valuesOf('last_success_timestamp_seconds')).toEqual([['', 120_000_000n]]);
  });

  it('is counted by the reason of a failure, and moves no last success', async () => {
    const { count, valuesOf } = await setUp();
    await count(60, { samples: 10, newSeries: 0, failed: [] });

    await count(120, {
      samples: 4,
      newSeries: 0,
      failed: [aFailure('rejected', 2), aFailure('rejected', 3), aFailure('throttled', 1)],
    });

    expect(await valuesOf('samples_total')).toEqual([['', 14n]]);
    expect(await valuesOf('failures_total')).toEqual([
      ['rejected', 5n],
      ['throttled', 1n],
    ]);
    expect(await valuesOf('last_success_timestamp_seconds')).toEqual([['', 60_000_000n]]);
  });
});
