import type { TraceContext } from '../traceparent';

const ROOT = /(?:^|;)\s*Root=1-([0-9a-f]{8})-([0-9a-f]{24})(?:;|$)/;
const PARENT = /(?:^|;)\s*Parent=([0-9a-f]{16})(?:;|$)/;
const SAMPLED = /(?:^|;)\s*Sampled=1(?:;|$)/;

/**
 * Reads `_X_AMZN_TRACE_ID`, what Lambda says about the trace of an invocation: `spanId` is Lambda's own segment.
 * Undefined when there is no trace to add to.
 */
export const readTraceHeader = (header = ''): TraceContext | undefined => {
  const [, seconds, rest] = ROOT.exec(header) ?? [];
  const [, spanId] = PARENT.exec(header) ?? [];
  if (seconds === undefined || rest === undefined || spanId === undefined) return undefined;
  return { traceId: seconds + rest, spanId, sampled: SAMPLED.test(header) };
};

/** A trace id as X-Ray writes it: `1-<8 hex>-<24 hex>`. */
export const toXRayTraceId = (traceId: string): string => `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`;

/** `X-Amzn-Trace-Id` for what the step `spanId` calls. */
export const toTraceHeader = ({ traceId, spanId, sampled }: TraceContext): string =>
  `Root=${toXRayTraceId(traceId)};Parent=${spanId};Sampled=${sampled ? 1 : 0}`;
