import type { RequestRecord } from '../ledger/record';
import type { FieldsOf, LogEvent } from './log-events';

export type { AnnotationValue, AwsAnswer, AwsCall, Span, StartTrace, Trace } from './trace-ports';

/** The ids that every log line of a request carries. */
export type LogContext = {
  requestId: string;
  correlationId: string;
  sessionId: string | undefined;
  traceId: string | undefined;
  /** 16 hex digits: the root step of the trace. */
  spanId?: string;
  accountId?: string;
  keyId?: string;
  /** The end user, as the client names him. */
  userId?: string;
  /** All lines of this request are wanted, whatever the level. */
  debug?: boolean;
};

export type Log = {
  /** One named event, with the fields that the table of events gives it; its level comes from there too. */
  event<E extends LogEvent>(name: E, context: LogContext, fields?: FieldsOf<E>, error?: unknown): void;
};

/**
 * Tells of the end of a request, once per terminal record that this process won: one line, which is its terminal log
 * event and its EMF document. `failure` is what the error that the caller got was made of. Never throws.
 */
export type ReportRequest = (record: RequestRecord, context: LogContext, failure?: unknown) => Promise<void>;
