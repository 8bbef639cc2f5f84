import { toLine } from '../telemetry/event-formatter';
import { definedOf, toFailureFields } from '../telemetry/log';
import { type FieldsOf, LOG_EVENTS, type LogEvent, levelOf } from '../telemetry/log-events';
import { isAtLeast, type LogLevel } from '../telemetry/log-levels';
import type { LogFields } from '../telemetry/log-schema';
import { boundFields } from './log-context';

export type StructuredLoggerOptions = {
  service: string;
  /** The part of the service that logs, as the `logger` field. */
  name: string;
  /** Lines below it are not written. */
  level: LogLevel;
  /** Takes one line at a time, as an object whose texts are redacted. */
  write: (line: Record<string, unknown>) => void;
  /** Whether lines carry the ids of the trace that is bound. */
  includeTraceInfo: boolean;
  /** Takes secrets and, where it is wanted, personal data out of the fields of a line. */
  redactFields: (fields: object) => Record<string, unknown>;
  now: () => Date;
};

/** Fields of a line in free words. */
export type FreeFields = Readonly<Record<string, unknown>>;

/** Writes one line in free words. */
export type WriteLine = (message: string, fields?: FreeFields, error?: unknown) => void;

export type LineLogger = {
  debug: WriteLine;
  info: WriteLine;
  warning: WriteLine;
  error: WriteLine;
  critical: WriteLine;
  /** One of the named events, with the fields that the table of events gives it; its level comes from there too. */
  event<E extends LogEvent>(name: E, fields?: FieldsOf<E>, ids?: LogFields, error?: unknown): void;
};

/** Writes lines of the shape that the gateway's own have: one object each, with the bound fields, everything redacted. */
export const createLineLogger = (options: StructuredLoggerOptions): LineLogger => {
  const { service, name, level: least, redactFields } = options;

  const write = (level: LogLevel, message: string, fields: FreeFields): void => {
    const head = toLine({ timestamp: options.now(), level, message, service, logger: name }, {});
    // The head comes first in the line, and no field of the caller's may take its place.
    options.write({ ...head, ...redactFields(fields), ...head, ...redactFields({ message }) });
  };

  const line =
    (level: LogLevel): WriteLine =>
    (message, fields = {}, error) => {
      if (!isAtLeast(level, least)) return;
      write(level, message, { ...idsOf(options), ...toErrorOf(level, error), ...definedOf(fields) });
    };

  return {
    debug: line('DEBUG'),
    info: line('INFO'),
    warning: line('WARNING'),
    error: line('ERROR'),
    critical: line('CRITICAL'),
    event: (event, fields, ids = {}, error) => {
      const level = levelOf(event, fields ?? {});
      if (!isAtLeast(level, least)) return;
      const own = { ...definedOf(ids), ...toErrorOf(level, error), ...definedOf(fields ?? {}) };
      write(level, LOG_EVENTS[event].message, { event, ...idsOf(options), ...own });
    },
  };
};

const TRACE_FIELDS = ['trace_id', 'span_id', 'xray_trace_id'] as const;

const idsOf = ({ includeTraceInfo }: StructuredLoggerOptions): Record<string, unknown> => {
  const ids = definedOf(boundFields());
  if (!includeTraceInfo) for (const field of TRACE_FIELDS) delete ids[field];
  return ids;
};

/** Where the code stands is said of errors only: a line in free words says it itself. */
const toErrorOf = (level: LogLevel, error: unknown): object =>
  error === undefined ? {} : toFailureFields(level, error);
