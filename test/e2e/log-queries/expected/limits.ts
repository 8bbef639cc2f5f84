import { byGroup, sumsOf } from './compare';
import type { Expected } from './facts';
import { countOf } from './of-records';

export const OF_LIMITS = {
  'Rate limit hits by endpoint and key': (rows, { records }) => ({
    found: byGroup(rows, ['endpoint', 'key_id'], 'refused'),
    expected: sumsOf(
      records.filter(({ outcome }) => outcome === 'rate_limited'),
      ({ endpoint, keyId }) => `${endpoint} ${keyId}`,
      countOf,
    ),
  }),
  'Refusals for the budget by key': (rows, { records }) => ({
    found: byGroup(rows, ['key_id', 'error_code'], 'refused'),
    expected: sumsOf(
      records.filter(({ outcome }) => outcome === 'over_budget'),
      ({ keyId, errorCode }) => `${keyId} ${errorCode}`,
      countOf,
    ),
  }),
} satisfies Expected;
