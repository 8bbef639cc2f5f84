import * as v from 'valibot';
import type { RequestRecord } from '../../../lambdas/core/ledger/record';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import type { TestKey } from '../support/keys';
import { readSamples, type Sample, sumOf } from '../support/prometheus';
import { until } from '../support/until';
import { type Load, runLoad } from './load';

/** How old the metrics may be on the local machine. */
const FRESH_MS = 15_000;

/** A load that has been run, and what the ledger and the metrics say of it. */
export type Observed = {
  load(): Load;
  /** The records of the load. */
  records(): readonly RequestRecord[];
  samples(): readonly Sample[];
  /** A key that may read metrics. */
  reader(): TestKey;
  readMetrics(): Promise<Sample[]>;
  /** Everything in the ledger, once no request is under way. */
  readLedger(): Promise<RequestRecord[]>;
  /** The metrics as soon as they have all of the records in them. */
  readFreshMetrics(records: readonly RequestRecord[]): Promise<Sample[]>;
};

const record = v.custom<RequestRecord>(
  (item) => typeof item === 'object' && item !== null && 'sk' in item && item.sk === 'record',
);

const countOf = (records: readonly RequestRecord[]): number => records.reduce((sum, { count }) => sum + count, 0);

/** Runs the load before the tests of this file. */
export const observeLoad = (gateway: GatewayUnderTest): Observed => {
  let seen: { load: Load; reader: TestKey; records: readonly RequestRecord[]; samples: readonly Sample[] } | undefined;
  const observed = () => {
    if (seen === undefined) throw new Error('The load is run before the first test.');
    return seen;
  };

  const readMetricsBy = async ({ key }: TestKey): Promise<Sample[]> => {
    // Without it the numbers may be some seconds old.
    const headers = { authorization: `Bearer ${key}`, 'cache-control': 'no-cache' };
    const { body } = await gateway.send({ path: '/metrics', headers });
    return readSamples(body);
  };
  const readLedger = async (): Promise<RequestRecord[]> => {
    const items = await until('no request is under way', async () => {
      const all = await gateway.items('Ledger');
      return all.some(({ pk }) => String(pk).startsWith('inflight#')) ? undefined : all;
    });
    return items.flatMap((item) => (v.is(record, item) ? [item] : []));
  };
  const readFreshMetricsBy = (reader: TestKey, records: readonly RequestRecord[]) =>
    until(
      'the metrics are up to date',
      async () => {
        const samples = await readMetricsBy(reader);
        return sumOf(samples, 'gateway_requests_total') >= countOf(records) ? samples : undefined;
      },
      FRESH_MS,
    );

  beforeAll(async () => {
    const reader = await gateway.createKey({ scopes: ['metrics'] });
    const load = await runLoad(gateway);
    // A record is written after the last byte of its answer.
    const records = await until('every request of the load has its record', async () => {
      const written = await readLedger();
      return written.length >= load.authenticated ? written : undefined;
    });
    seen = { load, reader, records, samples: await readFreshMetricsBy(reader, records) };
  }, 60_000);

  return {
    load: () => observed().load,
    records: () => observed().records,
    samples: () => observed().samples,
    reader: () => observed().reader,
    readMetrics: () => readMetricsBy(observed().reader),
    readLedger,
    readFreshMetrics: (records) => readFreshMetricsBy(observed().reader, records),
  };
};
