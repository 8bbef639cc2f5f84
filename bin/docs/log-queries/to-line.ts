import { LOG_EVENTS, type LogEvent, levelOf } from '../../../lambdas/core/telemetry/log-events';
import type { LogFields } from '../../../lambdas/core/telemetry/log-schema';
import type { LogLine } from '../../../test/support/insights/log-line';

export type Told = { time: number; logger: string; event: LogEvent; context: object; fields: LogFields };

/** A line as the logger of a function writes it, in the function's log group. */
export const toLine = ({ time, logger, event, context, fields }: Told): LogLine => ({
  ...inLogGroupOf(logger),
  timestamp: time,
  message: JSON.stringify({
    timestamp: new Date(time).toISOString(),
    level: levelOf(event, fields),
    message: LOG_EVENTS[event].message,
    service: 'fluxgate',
    logger,
    event,
    ...context,
    ...fields,
  }),
});

export const inLogGroupOf = (logger: string) => ({
  log: `123456789012:Fluxgate-dev-${logger}`,
  logStream: '2026/11/21/[$LATEST]5f8c',
});
