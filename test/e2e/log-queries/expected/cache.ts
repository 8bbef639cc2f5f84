import { byGroup, column, sumsOf } from './compare';
import type { Expected } from './facts';
import { isCompleted, modelOf, NANO_USD, one } from './of-records';

export const OF_CACHE = {
  'Cache hit rate per 5 minutes': (rows, { records }) => {
    const completed = records.filter(isCompleted);
    return {
      found: column(rows, 'hit_rate'),
      expected: [completed.filter(({ cache }) => cache === 'hit').length / completed.length],
    };
  },
  'Cache hit rate by model': (rows, { records }) => {
    const asked = records.filter((record) => isCompleted(record) && ['hit', 'miss', 'error'].includes(record.cache));
    return {
      found: [byGroup(rows, ['model'], 'asked'), byGroup(rows, ['model'], 'hits')],
      expected: [sumsOf(asked, modelOf, one), sumsOf(asked, modelOf, ({ cache }) => Number(cache === 'hit'))],
    };
  },
  'Cache savings by model': (rows, { records }) => ({
    found: byGroup(rows, ['model'], 'saved'),
    expected: sumsOf(
      records.filter(({ cache }) => cache === 'hit'),
      modelOf,
      ({ savedNanoUsd }) => savedNanoUsd / NANO_USD,
    ),
  }),
} satisfies Expected;
