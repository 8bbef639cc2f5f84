import type { Log, LogContext, LogEvent } from '../../lambdas/core/telemetry/ports';

export type Logged = { name: LogEvent; context: LogContext; fields?: Record<string, unknown>; error?: unknown };

/** A log that keeps what it is told. */
export const createFakeLog = (): Log & { events: Logged[] } => {
  const events: Logged[] = [];
  return { events, event: (name, context, fields, error) => events.push({ name, context, fields, error }) };
};
