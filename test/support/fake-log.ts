import type { LogEvent } from '../../lambdas/core/telemetry/log-events';
import type { LogFields } from '../../lambdas/core/telemetry/log-schema';
import type { Log, LogContext } from '../../lambdas/core/telemetry/ports';

export type Logged = { name: LogEvent; context: LogContext; fields?: LogFields | undefined; error?: unknown };

/** A log that keeps what it is told. */
export const createFakeLog = (): Log & { events: Logged[] } => {
  const events: Logged[] = [];
  return { events, event: (name, context, fields, error) => events.push({ name, context, fields, error }) };
};
