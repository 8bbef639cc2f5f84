import { Logger } from '@aws-lambda-powertools/logger';
import { readLocation } from './code-location';
import { toErrorFields } from './error-fields';
import { EventFormatter } from './event-formatter';
import { LOG_EVENTS, levelOf } from './log-events';
import { toContextFields } from './log-fields';
import { isAtLeast, type LogLevel } from './log-levels';
import type { LogFields } from './log-schema';
import type { Log, LogContext } from './ports';

export type LogOptions = {
  service: string;
  /** The function that logs, as the `logger` field. */
  name: string;
  /** Events below it are not written, but for requests that ask for more. */
  level: LogLevel;
};

const METHODS = { DEBUG: 'debug', INFO: 'info', WARNING: 'warn', ERROR: 'error', CRITICAL: 'critical' } as const;

/** Whether a line of this level is written for a request: one that is being debugged has all of its lines. */
export const isWanted = (level: LogLevel, { debug }: LogContext, least: LogLevel): boolean =>
  debug === true || isAtLeast(level, least);

/**
 * Writes named events as one JSON object per line. The ids come with each call: nothing is appended to the process, so
 * two requests of one environment share nothing.
 */
export const createLog = ({ service, name, level: least }: LogOptions): Log => {
  // The logger lets everything through, since one request may be debugged while another is not.
  const logger = new Logger({ serviceName: service, logLevel: 'DEBUG', logFormatter: new EventFormatter(name) });

  return {
    event: (event, context, fields, error) => {
      const level = levelOf(event, fields ?? {});
      if (!isWanted(level, context, least)) return;
      const { message } = LOG_EVENTS[event];
      logger[METHODS[level]]({
        message,
        event,
        ...toContextFields(context),
        ...toFailureFields(level, error),
        ...definedOf(fields ?? {}),
      });
    },
  };
};

type FailureFields = Pick<LogFields, 'error' | 'error_type' | 'error_message' | 'module' | 'function' | 'line'>;

/**
 * What a line says of an error, and where in the code a line of DEBUG or ERROR comes from. A caller's own fault is a
 * message: its stack would say nothing of him and cost most of the line.
 */
export const toFailureFields = (level: LogLevel, error: unknown): FailureFields => {
  const isWhole = level === 'DEBUG' || isAtLeast(level, 'ERROR');
  if (error === undefined) return isWhole ? { ...readLocation(new Error().stack, LOGGING_FRAMES) } : {};
  const fields = toErrorFields(error);
  const told = { error_type: fields.name, error_message: fields.message };
  return isWhole ? { error: fields, ...told, ...readLocation(fields.stack) } : told;
};

/** `toFailureFields` and the function that asked it. */
const LOGGING_FRAMES = 2;

/** A field that is absent must not blank one of the error's. */
export const definedOf = (fields: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
