import { Logger } from '@aws-lambda-powertools/logger';
import { toErrorFields } from './error-fields';
import { EventFormatter } from './event-formatter';
import { LOG_EVENTS, type LogLevel } from './log-events';
import { toContextFields } from './log-fields';
import type { Log } from './ports';

export type LogOptions = {
  service: string;
  /** The function that logs, as the `logger` field. */
  name: string;
  /** Events below it are not written. */
  level: LogLevel;
};

const LEVELS: readonly LogLevel[] = ['DEBUG', 'INFO', 'WARN', 'ERROR'];

const METHODS = { DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;

/**
 * Writes named events as one JSON object per line. The ids come with each call: nothing is appended to the process, so
 * two requests of one environment share nothing.
 */
export const createLog = ({ service, name, level }: LogOptions): Log => {
  const logger = new Logger({ serviceName: service, logLevel: level, logFormatter: new EventFormatter(name) });
  // Lambda's own log level, when it is set, would override the one that the stage is configured with.
  const isWanted = (eventLevel: LogLevel): boolean => LEVELS.indexOf(eventLevel) >= LEVELS.indexOf(level);

  return {
    event: (event, context, fields, error) => {
      const { level: eventLevel, message } = LOG_EVENTS[event];
      if (!isWanted(eventLevel)) return;
      const failure = error === undefined ? {} : errorAttributes(error);
      logger[METHODS[eventLevel]]({ message, event, ...toContextFields(context), ...failure, ...definedOf(fields) });
    },
  };
};

const errorAttributes = (error: unknown): Record<string, unknown> => {
  const fields = toErrorFields(error);
  return { error: fields, error_type: fields.name, error_message: fields.message };
};

/** A field that is absent must not blank one of the error's. */
const definedOf = (fields: Record<string, unknown> = {}): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
