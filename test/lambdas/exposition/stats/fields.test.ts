import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Totals } from '../../../../lambdas/core/counters/read-totals';
import { type ExactJson, toExactJson } from '../../../../lambdas/exposition/stats/exact-json';
import { toAccountStats, toOverallStats } from '../../../../lambdas/exposition/stats/stats';

const NOTHING: Totals = {
  requests: 0n,
  inputTokens: 0n,
  outputTokens: 0n,
  costNanoUsd: 0n,
  savedNanoUsd: 0n,
  unmetered: 0n,
  byModel: new Map(),
  byProvider: new Map(),
  byOutcome: new Map(),
  rateLimitHits: new Map(),
};

/** Paths of everything that is not an object with something in it. */
const fieldsOf = (value: unknown, path: string[] = []): string[] =>
  typeof value === 'object' && value !== null && Object.keys(value).length > 0
    ? Object.entries(value).flatMap(([name, of]) => fieldsOf(of, [...path, name]))
    : [path.join('.')];

const fieldsOfStats = (stats: ExactJson): string[] => fieldsOf(JSON.parse(toExactJson(stats)));

it('the fields of the statistics are those that the API reference lists', () => {
  const text = readFileSync(join(__dirname, '../../../../docs/api.md'), 'utf8').split('### Statistics\n')[1] ?? '';
  const documented = [...text.matchAll(/^\| `([a-z_.]+)` \|/gm)].map(([, field]) => field);

  const fields = new Set([
    ...fieldsOfStats(toOverallStats(NOTHING, new Map())),
    ...fieldsOfStats(toAccountStats('acme', NOTHING, { account: {}, key: {} })),
  ]);

  expect(documented.sort()).toEqual([...fields].sort());
});
