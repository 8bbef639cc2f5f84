import type { LogFieldName } from '../lambdas/core/telemetry/log-schema';

/** What lines of functions are looked up by. */
const LINE_INDEXES = [
  'request_id',
  'client_request_id',
  'correlation_id',
  'session_id',
  'trace_id',
  'client_trace_id',
  'account_id',
  'key_id',
  'user_id',
  'level',
  'service',
  'logger',
  'event',
  'status',
  'status_code',
  'error_code',
  'error_type',
  'model',
  'provider',
] as const satisfies readonly LogFieldName[];

/** Fields of the access log's format. */
const ACCESS_INDEXES = ['requestId', 'traceId', 'route', 'status', 'responseType'] as const;

/** How long logs are worth keeping, and what for. */
export const LOG_CLASSES = {
  /** What became of requests, and what operators did. */
  application: { retention: 'logRetentionDays', indexes: LINE_INDEXES, isArchived: true },
  /** Who came, as API Gateway saw it. */
  access: { retention: 'accessLogRetentionDays', indexes: ACCESS_INDEXES, isArchived: true },
  /** What only tells of the machinery itself: nobody looks for it once it works again. */
  debug: { retention: 'debugLogRetentionDays', indexes: LINE_INDEXES, isArchived: false },
} as const;

export type LogClass = keyof typeof LOG_CLASSES;
