import fc from 'fast-check';
import type { Series } from '../../../../lambdas/core/counters/series';
import {
  ALIASES,
  type Alias,
  toAliasSeries,
  toFamilies,
  withAliases,
} from '../../../../lambdas/core/telemetry/aliases';
import { METRICS_BY_NAME } from '../../../../lambdas/core/telemetry/metrics';
import { someSeries } from '../../../support/random-series';

const NAMED = ALIASES.map((alias) => [alias.name, alias] as const);

/** All numbers of a series: its value, or its buckets and sum. */
const numbersOf = (series: Series): bigint[] =>
  series.kind === 'value' ? [series.value] : [...series.buckets, series.sum];

const keyOf = ({ labels }: Alias, series: Series): string =>
  JSON.stringify(labels.map((label) => series.labels[label]));

/** The groups that an alias is made of, each with the numbers of its series. */
const groupsOf = (alias: Alias, all: readonly Series[]): Map<string, bigint[][]> => {
  const groups = new Map<string, bigint[][]>();
  for (const series of all) {
    const isMeant = alias.where.every(([label, values = []]) => values.some((value) => value === series.labels[label]));
    const key = keyOf(alias, series);
    if (isMeant) groups.set(key, [...(groups.get(key) ?? []), numbersOf(series)]);
  }
  return groups;
};

const columnsOf = (rows: readonly bigint[][]): bigint[][] =>
  (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? 0n));

const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n);
const highest = (values: readonly bigint[]): bigint =>
  [...values].sort((one, other) => (one < other ? 1 : -1))[0] ?? 0n;

describe('the aliases of the catalogue', () => {
  it('have names of their own', () => {
    const names = ALIASES.map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => METRICS_BY_NAME.has(name))).toEqual([]);
  });

  it('mean the same for every system that has the name', () => {
    const sources = [...METRICS_BY_NAME].flatMap(([of, { sources: all = [] }]) =>
      all.map((source) => ({ of, ...source })),
    );

    const differing = ALIASES.filter(({ name, of, metric, labels, where }) =>
      sources.some(
        (source) =>
          source.name === name &&
          (source.of !== of ||
            String(source.labels ?? metric.labels) !== String(labels) ||
            JSON.stringify(Object.entries(source.where ?? {})) !== JSON.stringify(where)),
      ),
    );

    expect(differing.map(({ name }) => name)).toEqual([]);
  });

  it.each(NAMED)('have labels of their metric only: %s', (_, { metric, labels, where }) => {
    expect(metric.labels).toEqual(expect.arrayContaining([...labels, ...where.map(([label]) => label)]));
  });

  it.each(NAMED)('add up what differs in other labels: %s', (_, alias) => {
    const isShare = alias.metric.kind === 'gauge' && alias.metric.unit === 'ratio';

    fc.assert(
      fc.property(someSeries(alias.metric), (all) => {
        const shown = toAliasSeries(alias, all);

        const expected = [...groupsOf(alias, all)].map(([key, rows]) => [
          key,
          columnsOf(rows).map(isShare ? highest : sum),
        ]);
        expect(shown.map((series) => [keyOf(alias, series), numbersOf(series)])).toEqual(expected);
        expect(shown.every(({ labels }) => String(Object.keys(labels)) === String(alias.labels))).toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});

describe('families', () => {
  const requests: Series[] = ['success', 'error'].map((status) => ({
    kind: 'value',
    labels: { provider: 'bedrock', model: 'm', region: 'us-east-1', endpoint: '/v1/chat/completions', status },
    value: 2n,
  }));

  it('are shown with their aliases right behind them', () => {
    const names = withAliases(new Map([['gateway_requests_total', requests]])).map(({ name }) => name);

    expect(names).toEqual([
      'gateway_requests_total',
      'fluxai_requests_total',
      'gateway_requests_success_total',
      'choreoai_requests_total',
    ]);
  });

  it('of an alias hold the series that it is about, and say what they are made of', () => {
    const families = withAliases(new Map([['gateway_requests_total', requests]]));

    expect(families.find(({ name }) => name === 'gateway_requests_success_total')).toMatchObject({
      help: 'What Model Gateway calls gateway_requests_total: Requests, by how they ended.',
      series: [{ labels: { provider: 'bedrock', model: 'm' }, value: 2n }],
    });
  });

  it('without series are left out, and so are their aliases', () => {
    expect(withAliases(new Map([['gateway_requests_total', []]]))).toEqual([]);
    expect(toFamilies(new Map([['gateway_requests_total', requests]]))).toHaveLength(1);
  });
});
