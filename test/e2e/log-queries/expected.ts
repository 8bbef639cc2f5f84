import type { LogQueryTitle } from '../../../dashboards/log-queries';
import type { LoggingFunction } from '../../../dashboards/log-query';
import { REFUSALS } from '../../../lambdas/core/errors';
import type { RequestRecord } from '../../../lambdas/core/ledger/record';
import type { LogLine } from '../../support/insights/log-line';
import type { Answer } from '../../support/insights/run-query';
import type { QueriedLoad } from './load';

/** What is known of a load without its logs: its ledger, and what was sent. */
export type Facts = {
  records: readonly RequestRecord[];
  load: QueriedLoad;
  lines: readonly LogLine[];
  logOf(name: LoggingFunction): string;
};

type Rows = readonly Answer[];
type Compared = { found: unknown; expected: unknown };

const NANO_USD = 1e9;

const isAbandoned = ({ outcome }: RequestRecord): boolean => outcome === 'abandoned';
const isCompleted = (record: RequestRecord): boolean => record.errorCode === undefined && !isAbandoned(record);
const isFailed = ({ errorCode }: RequestRecord): boolean => errorCode !== undefined;
/** By the gateway or a provider. */
const isOurFailure = ({ errorCode }: RequestRecord): boolean =>
  errorCode !== undefined && REFUSALS[errorCode].status >= 500;
const wasDispatched = ({ attempts }: RequestRecord): boolean => attempts.length > 0;
/** Names that the catalogue lacks share a label. */
const modelOf = ({ model }: RequestRecord): string => (model === 'unknown' ? 'other' : model);
const usdOf = ({ costNanoUsd }: RequestRecord): number => costNanoUsd / NANO_USD;
const countOf = ({ count }: RequestRecord): number => count;
const one = (): number => 1;

const column = (rows: Rows, name: string): unknown[] => rows.map((row) => row[name]);
const total = (rows: Rows, name: string): number => rows.reduce((sum, row) => sum + Number(row[name]), 0);
const idsOf = (records: readonly RequestRecord[]): string[] => records.map(({ requestId }) => requestId).sort();

/** Rows by request against records by request, in any order. */
const sameRequests = (rows: Rows, records: readonly RequestRecord[]): Compared => ({
  found: [...new Set(column(rows, 'request_id'))].sort(),
  expected: idsOf(records).length > 0 ? idsOf(records) : 'some requests',
});

/** Sums of doubles, as exact as money is. */
const rounded = (value: number): number => Math.round(value * NANO_USD) / NANO_USD;

const sumsOf = <T>(all: readonly T[], keyOf: (each: T) => string, amountOf: (each: T) => number) => {
  const sums: Record<string, number> = {};
  for (const each of all) sums[keyOf(each)] = rounded((sums[keyOf(each)] ?? 0) + amountOf(each));
  return sums;
};

/** One number per group, by the values that name the group. */
const byGroup = (rows: Rows, names: readonly string[], amount: string): Record<string, number> =>
  sumsOf(
    rows,
    (row) => names.map((name) => row[name]).join(' '),
    (row) => Number(row[amount]),
  );

const countMatching = ({ lines }: Facts, pattern: RegExp): number =>
  lines.filter(({ message }) => pattern.test(message)).length;

/** What each query must find. */
export const EXPECTED: Readonly<Record<LogQueryTitle, (rows: Rows, facts: Facts) => Compared>> = {
  'Slow requests': (rows, { records }) => {
    const slow = records.filter((record) => !isAbandoned(record) && record.durationMs > 5_000);
    return {
      found: column(rows, 'latency_ms'),
      expected: slow.map(({ durationMs }) => durationMs).sort((a, b) => b - a),
    };
  },
  'Requests longer than 1 second': (rows, { records }) =>
    sameRequests(
      rows,
      records.filter((record) => !isAbandoned(record) && record.durationMs > 1_000),
    ),
  'Latency by model': (rows, { records }) => {
    const answers = records.filter((record) => isCompleted(record) && wasDispatched(record));
    const slowest: Record<string, number> = {};
    for (const { model, durationMs } of answers) slowest[model] = Math.max(slowest[model] ?? 0, durationMs);
    return {
      found: [byGroup(rows, ['model'], 'answers'), byGroup(rows, ['model'], 'p99_ms')],
      expected: [sumsOf(answers, modelOf, one), slowest],
    };
  },
  'Gateway overhead per 5 minutes': (rows, { records }) => {
    const answers = records.filter((record) => isCompleted(record) && wasDispatched(record));
    const most = Math.max(...answers.map(({ durationMs, providerMs }) => durationMs - providerMs));
    return { found: rows.map(({ answers: n, p99_ms }) => [n, p99_ms]), expected: [[answers.length, most]] };
  },
  'Cold starts per 5 minutes': (rows, { records, load }) => {
    const ended = records.filter((record) => !isAbandoned(record));
    // One of the strangers came to the gateway.
    const expected = [ended.length + 1, ended.filter(({ coldStart }) => coldStart).length];
    return {
      found: [total(rows, 'requests'), total(rows, 'cold_starts')],
      expected: load.strangers > 0 ? expected : [],
    };
  },
  'Abandoned requests': (rows, { records }) => sameRequests(rows, records.filter(isAbandoned)),
  'Sessions per hour': (rows, { records }) => ({
    found: rows.map(({ sessions, requests }) => [sessions, requests]),
    // The stranger at the gateway names the session of the load.
    expected: [
      [new Set(records.map(({ sessionId }) => sessionId)).size, records.reduce((sum, { count }) => sum + count, 1)],
    ],
  }),

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
    expected: { '/v1/chat/completions 401': 1, '/metrics 401': 1 },
  }),
  'Stores that failed': (rows, { load }) => ({
    found: rows.map(({ step, request_id }) => [step, request_id]),
    expected: [['cache', load.ids.withoutCache]],
  }),

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

  'One request': (rows, { load }) => ({
    found: [...new Set(rows.map(({ event, request_id }) => `${event} ${request_id}`))].sort(),
    expected: ['fallback_success', 'provider_failed_fallback', 'provider_request_failed', 'request_completed'].map(
      (event) => `${event} ${load.ids.fallback}`,
    ),
  }),
  'One correlation id': (rows, { load }) => ({
    found: [...new Set(column(rows, 'request_id'))].sort(),
    expected: [load.ids.fallback, load.ids.failed].sort(),
  }),
  'One session': (rows, { records }) =>
    sameRequests(
      rows,
      records.filter(({ sessionId }) => sessionId === 'queried-session'),
    ),
  'One user': (rows, { records }) =>
    sameRequests(
      rows,
      records.filter(({ userId }) => userId === 'user-123'),
    ),
  'One key': (rows, { records, load }) =>
    sameRequests(
      rows,
      records.filter(({ keyId }) => keyId === load.key.keyId),
    ),
  'One trace': (rows, { load }) => ({
    found: [...new Set(column(rows, 'request_id'))],
    expected: [load.ids.failed],
  }),

  'All lines of the gateway': (rows, { lines, logOf }) => ({
    found: rows.length,
    expected: lines.filter(({ log }) => log === logOf('gateway')).length,
  }),
  'Lines by service, level and logger': (rows, facts) => ({
    found: total(rows, 'lines'),
    expected: countMatching(facts, /"logger":/),
  }),
  'Lines that mention tracing': (rows, facts) => ({
    found: rows.length,
    expected: countMatching(facts, /"correlation_id":"a-chain-about-tracing"/),
  }),
  'Telemetry that failed': (rows) => ({
    found: rows.map(({ logger, event, signal }) => [logger, event, signal]),
    expected: [['sweeper', 'telemetry_failure', 'emf']],
  }),
  'Invocations by function': (rows, { lines, logOf }) => ({
    found: [byGroup(rows, ['@log'], 'invocations')[logOf('gateway')], total(rows, 'failed')],
    expected: [
      lines.filter(({ log, message }) => log === logOf('gateway') && message.includes('platform.report')).length,
      0,
    ],
  }),
  'What operators did': (rows, { load }) => ({
    found: [
      rows.filter(({ action, key_id }) => action === 'keys.create' && key_id === load.key.keyId).length,
      rows.filter(({ event }) => event === 'management_refused').map(({ error_code }) => error_code),
    ],
    expected: [1, ['not_found']],
  }),
};
