import type { RequestRecord } from '../ledger/record';
import type { LOG_EVENTS } from './log-events';

/** Values that X-Ray indexes; everything else goes into metadata. */
export type AnnotationValue = string | number | boolean;

/** One timed step. Parents are explicit: nothing here is process-wide, so concurrent steps cannot mix. */
export type Span = {
  /** Opens a child step. */
  child(name: string): Span;
  annotate(key: string, value: AnnotationValue): void;
  metadata(key: string, value: unknown): void;
  /** Records an exception with its stack and marks the step as failed. */
  fail(error: unknown): void;
  /** Ends the step; a second call changes nothing. */
  end(): void;
};

/** The tree of one request. Nothing leaves the process before `send`. */
export type Trace = {
  /** 32 hex digits; undefined when tracing is off. */
  traceId: string | undefined;
  /** 16 hex digits: the root step; absent when nothing of this request is traced. */
  spanId?: string;
  root: Span;
  /** Sends the whole tree; called once, after the last byte. Never throws. */
  send(): Promise<void>;
};

/** Starts the trace of one invocation from the environment's trace header (`_X_AMZN_TRACE_ID`). */
export type StartTrace = (name: string) => Trace;

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
};

/** The events that are logged; their levels and messages stand in one table. */
export type LogEvent = keyof typeof LOG_EVENTS;

export type Log = {
  /** One named event; its level comes from the table of events. */
  event(name: LogEvent, context: LogContext, fields?: Record<string, unknown>, error?: unknown): void;
};

/** Writes the wide event of one request as one EMF document. Called once per terminal record that this process won. Never throws. */
export type EmitRequest = (record: RequestRecord) => Promise<void>;
