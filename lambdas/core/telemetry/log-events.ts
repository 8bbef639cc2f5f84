import { LIBRARY_EVENTS } from './log-events/library';
import { OPERATION_EVENTS } from './log-events/operation';
import { REQUEST_EVENTS } from './log-events/request';
import type { LogLevel } from './log-levels';
import type { LogFieldName, LogFields } from './log-schema';

/** What an event is: at which level, in which words, and what it may say besides the ids of its request. */
export type EventEntry = {
  level: LogLevel;
  /** The level that its own fields may raise it to, and when. */
  raised?: { to: LogLevel; when: (fields: LogFields) => boolean; because: string };
  message: string;
  fields: readonly LogFieldName[];
  /** What other systems call the same event. */
  aliases?: readonly string[];
};

/** Every event that is logged. */
export const LOG_EVENTS = { ...REQUEST_EVENTS, ...OPERATION_EVENTS, ...LIBRARY_EVENTS };

export type LogEvent = keyof typeof LOG_EVENTS;

/** The fields that an event may carry. */
export type FieldsOf<E extends LogEvent> = Pick<LogFields, (typeof LOG_EVENTS)[E]['fields'][number]>;

/** The same for those who treat all events alike. */
export const LOG_EVENTS_BY_NAME: ReadonlyMap<string, EventEntry> = new Map<string, EventEntry>(
  Object.entries(LOG_EVENTS),
);

/** The level of one event with these fields. */
export const levelOf = (event: LogEvent, fields: LogFields): LogLevel => {
  const { level, raised }: EventEntry = LOG_EVENTS[event];
  return raised?.when(fields) ? raised.to : level;
};
