import { byGroup, countMatching, sameRequests, sumsOf, total } from './compare';
import type { Expected } from './facts';
import { countOf, isAbandoned, isFailed, isOurFailure, modelOf, one } from './of-records';

export const OF_ERRORS = {
  'Failed requests': (rows, { records, load }) => ({
    found: [rows.length, rows.filter((row) => row.error_type && row.error_message).length],
    expected: Array.from({ length: 2 }, () => records.filter(isFailed).length + load.strangers),
  }),
  'Errors of one correlation id': (rows, { load }) => ({
    found: rows.filter(({ event }) => event === 'request_error').map((row) => [row.request_id, row.error_code]),
    expected: [[load.ids.failed, 'no_provider_answered']],
  }),
  'Error lines': (rows, { records }) => ({
    found: rows.filter(({ event }) => event === 'request_error').length,
    expected: records.filter(isOurFailure).length,
  }),
  'Last 100 errors': (rows, facts) => ({
    found: [rows.length, rows.filter((row) => String(row['@message']).includes('"level":"ERROR"')).length],
    expected: Array.from({ length: 2 }, () => countMatching(facts, /"level":"ERROR"/)),
  }),
  'Server errors per second': (rows, { records }) => ({
    found: Math.round(total(rows, 'per_second') * 300),
    expected: records.filter((record) => !isAbandoned(record) && record.httpStatus >= 500).length,
  }),
  'Errors by code and model': (rows, { records }) => ({
    found: byGroup(rows, ['error_code', 'model'], 'requests'),
    expected: {
      ...sumsOf(records.filter(isFailed), (record) => `${record.errorCode} ${modelOf(record)}`, countOf),
      'invalid_key other': 1,
    },
  }),
  'Error ratio by model': (rows, { records }) => ({
    found: byGroup(rows, ['model'], 'failed'),
    expected: sumsOf(
      records.filter((record) => !isAbandoned(record)),
      modelOf,
      (record) => Number(isOurFailure(record)),
    ),
  }),
  Fallbacks: (rows, { records }) =>
    sameRequests(
      rows,
      records.filter(({ attempts }) => new Set(attempts.map(({ model }) => model)).size > 1),
    ),
  'Provider failures by model and reason': (rows, { records }) => ({
    found: byGroup(rows, ['model', 'reason'], 'calls'),
    expected: sumsOf(
      records
        .flatMap(({ attempts }) => attempts)
        .filter(({ outcome, timeToFirstEventMs }) => outcome !== 'success' && timeToFirstEventMs === undefined),
      ({ model, outcome }) => `${model} ${outcome}`,
      one,
    ),
  }),
  'Refused callers': (rows) => ({
    found: byGroup(rows, ['endpoint', 'status_code'], 'refused'),
    expected: { '/v1/chat/completions 401': 1, '/metrics 401': 1, '/v1/telemetry 401': 1 },
  }),
  'Stores that failed': (rows, { load }) => ({
    found: rows.map(({ step, request_id }) => [step, request_id]),
    expected: [['cache', load.ids.withoutCache]],
  }),
} satisfies Expected;
