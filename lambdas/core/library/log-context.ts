import { AsyncLocalStorage } from 'node:async_hooks';
import type { LogFields } from '../telemetry/log-schema';

/** Fields that every line within some work carries: ids, mostly. */
export type BoundFields = LogFields;

// Kept per chain of calls, so that requests which one process serves at the same time do not mix.
const storage = new AsyncLocalStorage<BoundFields>();

/** The fields bound where this is called. */
export const boundFields = (): BoundFields => storage.getStore() ?? {};

/** Runs `work` with more fields bound; they are gone after it. What is called within sees them, also after awaits. */
export const withContext = <Result>(fields: BoundFields, work: () => Result): Result =>
  storage.run({ ...boundFields(), ...fields }, work);

/** Binds fields from here on, in this chain of calls, for code that cannot be wrapped in `withContext`. */
export const bindContext = (fields: BoundFields): void => storage.enterWith({ ...boundFields(), ...fields });

/** Unbinds everything, at the end of a request. */
export const clearContext = (): void => storage.enterWith({});

const TRACE_ID = /^[0-9a-f]{32}$/;
const SPAN_ID = /^[0-9a-f]{16}$/;

/**
 * Says which trace the lines from here on belong to, for code without an active span. Throws when the ids are not hex
 * digits, 32 of a trace and 16 of a span.
 */
export const setTraceContext = (traceId: string, spanId: string): void => {
  if (!TRACE_ID.test(traceId) || !SPAN_ID.test(spanId)) {
    throw new RangeError('A trace id has 32 and a span id 16 lower-case hex digits.');
  }
  bindContext({ trace_id: traceId, span_id: spanId });
};

/** The trace that this work belongs to: 32 hex digits; undefined outside of one. */
export const getCurrentTraceId = (): string | undefined => boundFields().trace_id;
