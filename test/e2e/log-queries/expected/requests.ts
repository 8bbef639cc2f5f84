import { byGroup, column, countMatching, sameRequests, sumsOf, total } from './compare';
import type { Expected } from './facts';
import { isAbandoned, isCompleted, modelOf, one, wasDispatched } from './of-records';

export const OF_REQUESTS = {
  'Slow requests': (rows, { records }) => {
    const slow = records.filter((record) => !isAbandoned(record) && record.durationMs > 5_000);
    return {
      found: column(rows, 'latency_ms'),
      expected: slow.map(({ durationMs }) => durationMs).sort((a, b) => b - a),
    };
  },
  'Requests longer than 1 second': (rows, { records }) => {
    const known = new Set<unknown>(records.map(({ requestId }) => requestId));
    return sameRequests(
      // The stranger, who has no record, may have waited for a cold start.
      rows.filter(({ request_id }) => known.has(request_id)),
      records.filter((record) => !isAbandoned(record) && record.durationMs > 1_000),
    );
  },
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
  'Cold starts per 5 minutes': (rows, facts) => {
    const ended = facts.records.filter((record) => !isAbandoned(record));
    const ofTheStranger = countMatching(facts, /^(?=.*"error_code":"invalid_key").*"cold_start":true/);
    return {
      found: [total(rows, 'requests'), total(rows, 'cold_starts')],
      expected: [ended.length + 1, ended.filter(({ coldStart }) => coldStart).length + ofTheStranger],
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
} satisfies Expected;
