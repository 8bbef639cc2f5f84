import type { TraceContext } from '../traceparent';

const FIELD = /(?:^|;)\s*(Root|Parent|Sampled)=([^;\s]+)/g;

/**
 * Reads `_X_AMZN_TRACE_ID`, what Lambda says about the trace of an invocation: `spanId` is Lambda's own segment.
 * Undefined when there is no trace to add to.
 */
export const readTraceHeader = (header: string | undefined): TraceContext | undefined => {
  const fields = new Map([...(header ?? '').matchAll(FIELD)].map(([, name, value]) => [name, value]));
  const [, seconds, rest] = /^1-([0-9a-f]{8})-([0-9a-f]{24})$/.exec(fields.get('Root') ?? '') ?? [];
  const spanId = fields.get('Parent');
  if (seconds === undefined || rest === undefined) return undefined;
  if (spanId === undefined || !/^[0-9a-f]{16}$/.test(spanId)) return undefined;
  return { traceId: seconds + rest, spanId, sampled: fields.get('Sampled') === '1' };
};

/** A trace id as X-Ray writes it: `1-<8 hex>-<24 hex>`. */
export const toXRayTraceId = (traceId: string): string => `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`;

/** `X-Amzn-Trace-Id` for what the step `spanId` calls. */
export const toTraceHeader = ({ traceId, spanId, sampled }: TraceContext): string =>
  `Root=${toXRayTraceId(traceId)};Parent=${spanId};Sampled=${sampled ? 1 : 0}`;
