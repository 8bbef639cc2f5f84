import * as v from 'valibot';
import { composeReadAllSeries } from '../../lambdas/core/counters/compose-read-all-series';
import { createReadTotals, type Totals } from '../../lambdas/core/counters/read-totals';
import type { RequestRecord } from '../../lambdas/core/ledger/record';
import { toFamilies } from '../../lambdas/core/telemetry/aliases';
import { METRICS, METRICS_BY_NAME } from '../../lambdas/core/telemetry/metrics';
import { render } from '../../lambdas/exposition/text/render';
import { PROMETHEUS_TEXT } from '../../lambdas/exposition/text/text-format';
import { LEDGER_MONEY, LEDGER_SUMS } from '../e2e/metrics/ledger-sums';
import { readSamples, type Sample, valuesOf } from '../e2e/support/prometheus';
import { dynamoDbOfTests } from '../support/dynamodb-local';
import { emfFaults } from '../support/emf-faults';
import { createTable } from '../support/tables';
import { countRecords, runLoad } from './run-load';

/** The gate runs ten thousand; a stranger's `npm test` a tenth of it. */
const REQUESTS = Number(process.env.MIXED_REQUESTS ?? 1_000);
const SECONDS = 1_000;

const document = v.looseObject({
  request_id: v.string(),
  _aws: v.object({
    CloudWatchMetrics: v.array(v.object({ Metrics: v.array(v.object({ Name: v.string() })) })),
  }),
});
type Document = v.InferOutput<typeof document>;

const { client } = dynamoDbOfTests();
let load: Awaited<ReturnType<typeof runLoad>>;
let samples: readonly Sample[];
let totals: Totals;
let accounts: ReadonlyMap<string, Totals>;
let documents: readonly Document[];

beforeAll(async () => {
  load = await runLoad(client, REQUESTS);
  const counters = await countRecords(client, load.records);
  const ledgerTable = await createTable(client, ['pk', 'sk']);
  const readSeries = composeReadAllSeries({ client, countersTable: counters.table, ledgerTable, now: Date.now });
  samples = readSamples(render(toFamilies(await readSeries()), PROMETHEUS_TEXT));
  totals = await createReadTotals(counters)();
  accounts = new Map(
    await Promise.all(
      ['acme', 'globex', 'initech'].map(async (id) => [id, await createReadTotals(counters)(id)] as const),
    ),
  );
  documents = load.lines.map((line) => v.parse(document, JSON.parse(line)));
}, 1_200 * SECONDS);

const sumOf = (value: (record: RequestRecord) => number, records = load.records): number =>
  records.reduce((sum, record) => sum + value(record), 0);

describe(`the ledger after ${REQUESTS} mixed requests`, () => {
  it('has every request once, in every kind of end', () => {
    const outcomes = new Set(load.records.map(({ outcome }) => outcome));

    expect(sumOf(({ count }) => count)).toBe(load.sent);
    expect([...outcomes].sort()).toEqual(['abandoned', 'error', 'invalid', 'over_budget', 'rate_limited', 'success']);
    expect(load.records.some(({ cache }) => cache === 'hit')).toBe(true);
    expect(load.records.some(({ attempts }) => new Set(attempts.map(({ model }) => model)).size > 1)).toBe(true);
    expect(load.failures).toEqual([]);
  });
});

describe('GET /metrics after the stream has been replayed', () => {
  it.each(LEDGER_SUMS)('counts %s by %j as the ledger does', (metric, labels, sums) => {
    const counted = valuesOf(samples, metric, labels);

    expect(counted).toEqual(sums(load.records));
    expect(counted).not.toEqual({});
  });

  it.each(LEDGER_MONEY)('sums %s by %j to the nano-dollar', (metric, labels, sums) => {
    const counted = valuesOf(samples, metric, labels);

    const nanoUsd = Object.entries(counted).map(([key, usd]) => [key, Math.round(usd * 1e9)]);
    expect(Object.fromEntries(nanoUsd)).toEqual(sums(load.records));
    expect(counted).not.toEqual({});
  });

  it('shows nothing that the catalogue lacks', () => {
    const names = new Set(samples.map(({ name }) => name));
    const known = [...METRICS_BY_NAME].flatMap(([name, { kind }]) =>
      kind === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    );

    expect([...names].filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('GET /metrics/stats', () => {
  it('says of everything what the ledger says', () => {
    const processed = load.records.filter(({ cache }) => cache !== 'hit');
    const promptOf = ({ usage }: RequestRecord) =>
      usage === undefined ? 0 : usage.input + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h;

    expect(totals.requests).toBe(BigInt(load.sent));
    expect(totals.costNanoUsd).toBe(BigInt(sumOf(({ costNanoUsd }) => costNanoUsd)));
    expect(totals.savedNanoUsd).toBe(BigInt(sumOf(({ savedNanoUsd }) => savedNanoUsd)));
    expect(totals.inputTokens).toBe(BigInt(sumOf(promptOf, processed)));
    expect(totals.outputTokens).toBe(BigInt(sumOf(({ usage }) => usage?.output ?? 0, processed)));
  });

  it.each(['acme', 'globex', 'initech'])('says of the account %s what the ledger says', (accountId) => {
    const own = load.records.filter((record) => record.accountId === accountId);

    expect(accounts.get(accountId)?.requests).toBe(BigInt(sumOf(({ count }) => count, own)));
    expect(accounts.get(accountId)?.costNanoUsd).toBe(BigInt(sumOf(({ costNanoUsd }) => costNanoUsd, own)));
  });
});

describe('the embedded metrics', () => {
  const total = (name: string): number =>
    documents.reduce((sum, one) => {
      const value = one[name];
      const isMetric = one._aws.CloudWatchMetrics.some(({ Metrics }) => Metrics.some(({ Name }) => Name === name));
      if (!isMetric) return sum;
      return (
        sum +
        [value]
          .flat()
          .map(Number)
          .reduce((all, part) => all + part, 0)
      );
    }, 0);
  const seen = () => load.records.filter(({ outcome }) => outcome !== 'abandoned');
  const processed = () => load.records.filter(({ cache }) => cache !== 'hit');

  const SUMS: Record<string, () => number> = {
    requests: () => sumOf(({ count }) => count),
    errors: () => sumOf(({ outcome, count }) => (outcome === 'error' ? count : 0)),
    input_tokens: () => sumOf(({ usage }) => usage?.input ?? 0, processed()),
    output_tokens: () => sumOf(({ usage }) => usage?.output ?? 0, processed()),
    cost_usd: () => sumOf(({ costNanoUsd }) => costNanoUsd) / 1e9,
    cache_hits: () => sumOf(({ cache }) => (cache === 'hit' ? 1 : 0)),
    saved_usd: () => sumOf(({ savedNanoUsd }) => savedNanoUsd) / 1e9,
    rate_limit_hits: () => sumOf(({ outcome, count }) => (outcome === 'rate_limited' ? count : 0)),
    // What stands for many alike is sampled once.
    duration_ms: () => sumOf(({ durationMs }) => durationMs, seen()),
    unmetered_requests: () => sumOf(({ unmetered }) => (unmetered ? 1 : 0)),
    abandoned_requests: () => sumOf(({ outcome }) => (outcome === 'abandoned' ? 1 : 0)),
  };

  it('are one valid document for each record of the ledger', () => {
    const ids = documents.map(({ request_id }) => request_id).sort();
    const faults = load.lines.flatMap((line) => emfFaults(line, Date.now()));

    expect(ids).toEqual(load.records.map(({ requestId }) => requestId).sort());
    expect(faults).toEqual([]);
  });

  it.each(Object.entries(SUMS))('sum %s to what the ledger says', (name, expected) => {
    expect(total(name)).toBeCloseTo(expected(), 6);
    expect(expected()).toBeGreaterThan(0);
  });

  it('have no name that the catalogue does not project', () => {
    const projected = new Set(
      Object.values(METRICS).flatMap((metric) => ('emf' in metric ? Object.keys(metric.emf) : [])),
    );
    const named = documents.flatMap(({ _aws }) =>
      _aws.CloudWatchMetrics.flatMap(({ Metrics }) => Metrics.map(({ Name }) => Name)),
    );

    expect([...new Set(named)].filter((name) => !projected.has(name))).toEqual([]);
  });
});
