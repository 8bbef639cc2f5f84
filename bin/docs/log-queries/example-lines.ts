import type { AttemptRecord, RequestRecord } from '../../../lambdas/core/ledger/record';
import { toEmfValues } from '../../../lambdas/core/telemetry/emf';
import type { FieldsOf, LogEvent } from '../../../lambdas/core/telemetry/log-events';
import { toContextFields, toLogFields, toRecordContext } from '../../../lambdas/core/telemetry/log-fields';
import { measure } from '../../../lambdas/core/telemetry/measure';
import type { LogLine } from '../../../test/support/insights/log-line';
import { EXAMPLE_REQUESTS } from './example-requests';
import { OPERATION_LINES } from './operation-lines';
import { toLine } from './to-line';

const about =
  (logger: string) =>
  <E extends LogEvent>(record: RequestRecord, event: E, fields: FieldsOf<E>): LogLine =>
    toLine({
      time: record.startedAt + record.durationMs,
      logger,
      event,
      context: toContextFields({ ...toRecordContext(record), spanId: '6f1b2c3d4e5f6071' }),
      fields,
    });

const byGateway = about('gateway');

/** Metrics of the line that are no fields of the record as well. */
const toMetrics = (record: RequestRecord): Record<string, number | undefined> =>
  Object.fromEntries(toEmfValues(measure(record)).map(({ name, values: [value] }) => [name, value]));

const toFailedAttempt = ({ provider, model, region, outcome, durationMs }: AttemptRecord) => ({
  provider,
  model,
  region,
  attempt: 1,
  reason: outcome,
  duration_ms: durationMs,
});

const MESSAGES: Readonly<Record<string, string>> = {
  no_provider_answered: 'No provider answered. Try again later.',
  requests_per_minute: 'The key has used its 60 requests per minute.',
  budget_exhausted: 'The budget of the account is spent.',
};

/** What a request leaves in the logs at INFO: its last line, and what was remarkable before. */
const toLines = (record: RequestRecord): LogLine[] => {
  const { outcome, attempts, errorCode, endpoint, model, count: requests } = record;
  const fields = { ...toMetrics(record), ...toLogFields(record) };
  if (outcome === 'abandoned') return [about('sweeper')(record, 'request_abandoned', fields)];
  if (outcome === 'rate_limited')
    return [
      byGateway(record, 'rate_limit_exceeded', { endpoint, model, error_code: errorCode, requests }),
      byGateway(record, 'request_error', { ...fields, error_message: MESSAGES[errorCode ?? ''] }),
    ];
  if (errorCode !== undefined)
    return [
      ...attempts.map((attempt) => byGateway(record, 'provider_request_failed', toFailedAttempt(attempt))),
      byGateway(record, 'request_error', { ...fields, error_message: MESSAGES[errorCode] }),
    ];
  return [...toFallbackLines(record), byGateway(record, 'request_completed', fields)];
};

const toFallbackLines = (record: RequestRecord): LogLine[] => {
  const { attempts, model, provider } = record;
  const [failed] = attempts.filter(({ outcome }) => outcome !== 'success');
  if (failed === undefined) return [];
  return [
    byGateway(record, 'provider_request_failed', toFailedAttempt(failed)),
    byGateway(record, 'provider_failed_fallback', { from: failed.model, to: model, reason: failed.outcome }),
    byGateway(record, 'fallback_success', { model, provider, attempts: attempts.length }),
  ];
};

/** The lines of the example requests and of what went on beside them. */
export const EXAMPLE_LINES: readonly LogLine[] = [...EXAMPLE_REQUESTS.flatMap(toLines), ...OPERATION_LINES];
