import type { RequestRecord } from '../../../../lambdas/core/ledger/record';
import { byGroup, column, sameRequests, sumsOf } from './compare';
import type { Expected } from './facts';
import { countOf, modelOf, usdOf } from './of-records';

export const OF_COST = {
  'Expensive requests': (rows, { records }) => ({
    found: column(rows, 'cost'),
    expected: records
      .map(usdOf)
      .filter((usd) => usd > 0.1)
      .sort((a, b) => b - a),
  }),
  'Requests over 1 dollar': (rows, { load }) => ({ found: column(rows, 'request_id'), expected: [load.ids.expensive] }),
  'Most expensive accounts': (rows, { records }) => ({
    found: byGroup(rows, ['account_id'], 'spend'),
    expected: sumsOf(records, ({ accountId }) => accountId, usdOf),
  }),
  'Most expensive keys': (rows, { records }) => ({
    found: [byGroup(rows, ['account_id', 'key_id'], 'spend'), byGroup(rows, ['account_id', 'key_id'], 'requests')],
    expected: [usdOf, countOf].map((of) => sumsOf(records, ({ accountId, keyId }) => `${accountId} ${keyId}`, of)),
  }),
  'Most expensive users': (rows, { records }) => ({
    found: byGroup(rows, ['account_id', 'user_id'], 'spend'),
    expected: sumsOf(
      records.filter(({ userId }) => userId !== undefined),
      ({ accountId, userId }) => `${accountId} ${userId}`,
      usdOf,
    ),
  }),
  'Cost and tokens by model': (rows, { records }) => ({
    found: ['input', 'output', 'spend'].map((name) =>
      byGroup(
        rows.filter((row) => row[name]),
        ['model'],
        name,
      ),
    ),
    expected: [
      (record: RequestRecord) => record.usage?.input ?? 0,
      (record: RequestRecord) => record.usage?.output ?? 0,
      usdOf,
    ].map((of) => Object.fromEntries(Object.entries(sumsOf(records, modelOf, of)).filter(([, sum]) => sum > 0))),
  }),
  'Unmetered requests': (rows, { records }) =>
    sameRequests(
      rows,
      records.filter(({ unmetered }) => unmetered),
    ),
  'Requests beyond their hold': (rows, { records }) =>
    sameRequests(
      rows,
      records.filter(({ overshootNanoUsd }) => overshootNanoUsd > 0),
    ),
} satisfies Expected;
