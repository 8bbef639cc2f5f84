import type { LogLine } from '../../../test/support/insights/log-line';
import { inLogGroupOf, toLine } from './to-line';

const AT = Date.parse('2026-11-21T12:08:00.000Z');

const toReport = (logger: string, durationMs: number, initDurationMs?: number, status = 'success'): LogLine => ({
  ...inLogGroupOf(logger),
  timestamp: AT,
  message: JSON.stringify({
    time: new Date(AT).toISOString(),
    type: 'platform.report',
    record: { status, metrics: { durationMs, initDurationMs, memorySizeMB: 1024, maxMemoryUsedMB: 148 } },
  }),
});

const ids = (id: string) => ({ request_id: id, correlation_id: id });

/** What functions tell beside requests. */
export const OPERATION_LINES: readonly LogLine[] = [
  toLine({
    time: AT,
    logger: 'gateway',
    event: 'request_error',
    context: ids('Oy4dWm2sXe8qRf6k'),
    fields: {
      endpoint: '/v1/chat/completions',
      status_code: 401,
      status: 'invalid',
      error_code: 'invalid_key',
      error_type: 'authentication',
      error_message: 'The API key is not valid.',
      model: 'other',
      provider: 'none',
      cost_usd: 0,
      requests: 1,
    },
  }),
  toLine({
    time: AT + 1_000,
    logger: 'gateway',
    event: 'store_failure',
    context: ids('Vs6eJc9wYb1nTh5m'),
    fields: {
      step: 'cache',
      ...{ error_type: 'ProvisionedThroughputExceededException', error_message: 'The rate is exceeded.' },
    },
  }),
  toLine({
    time: AT + 2_000,
    logger: 'gateway',
    event: 'telemetry_failure',
    context: ids('none'),
    fields: { signal: 'trace', ...{ error_type: 'Error', error_message: 'getaddrinfo ENOTFOUND' } },
  }),
  toLine({
    time: AT + 3_000,
    logger: 'management',
    event: 'management_action',
    context: { ...ids('7f2a41c0-3b1d-4a52-9d0e-6c1f5e8b7a90'), account_id: 'acme', key_id: 'VJDJZmU8rDXaZPR4' },
    fields: { action: 'keys.create' },
  }),
  toReport('gateway', 818.4, 231.5),
  toReport('gateway', 48_309.2),
  toReport('gateway', 900_000, undefined, 'timeout'),
  toReport('sweeper', 35.1),
];
