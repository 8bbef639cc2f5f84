import * as v from 'valibot';
import { LOG_EVENTS_BY_NAME } from '../../lambdas/core/telemetry/log-events';
import { LOG_LEVELS } from '../../lambdas/core/telemetry/log-levels';
import { LOG_FIELDS } from '../../lambdas/core/telemetry/log-schema';

const TYPES = {
  text: v.string(),
  number: v.pipe(v.number(), v.finite()),
  boolean: v.boolean(),
  object: v.looseObject({}),
} as const;

const known = Object.fromEntries(
  Object.entries(LOG_FIELDS).map(([name, { type }]) => [
    name,
    v.optional(type === 'object' ? v.unknown() : TYPES[type]),
  ]),
);

/** What every line has that a function of the stack writes about an event; nothing that the table of fields lacks. */
export const logLine = v.strictObject({
  ...known,
  timestamp: v.pipe(v.string(), v.isoTimestamp(), v.endsWith('Z')),
  level: v.picklist(LOG_LEVELS),
  message: v.pipe(v.string(), v.nonEmpty()),
  event: v.picklist([...LOG_EVENTS_BY_NAME.keys()]),
  service: v.string(),
  logger: v.string(),
  request_id: v.string(),
  correlation_id: v.string(),
  _aws: v.optional(v.object({ Timestamp: v.number(), CloudWatchMetrics: v.array(v.unknown()) })),
});

/** What is wrong with a line; empty for a good one. An event may carry its own fields, the ids and where it comes from. */
export const logLineFaults = (line: unknown): string[] => {
  const read = v.safeParse(logLine, line);
  if (!read.success) return read.issues.map((issue) => `${v.getDotPath(issue) ?? 'line'}: ${issue.message}`);
  const { event, ...fields } = read.output;
  const own: readonly string[] = LOG_EVENTS_BY_NAME.get(event)?.fields ?? [];
  return Object.keys(fields)
    .filter((name) => !own.includes(name) && !COMMON.has(name))
    .map((name) => `${name}: no field of ${event}`);
};

const COMMON: ReadonlySet<string> = new Set([
  ...['timestamp', 'level', 'message', 'service', 'logger', 'module', 'function', 'line', '_aws'],
  ...['request_id', 'correlation_id', 'session_id', 'trace_id', 'span_id', 'xray_trace_id'],
  ...['account_id', 'key_id', 'user_id', 'error', 'error_type', 'error_message'],
]);
