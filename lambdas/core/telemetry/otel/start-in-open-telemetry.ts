import { createTraceState, ROOT_CONTEXT, type SpanContext, TraceFlags, trace } from '@opentelemetry/api';
import type { Trace } from '../ports';
import { randomHex } from '../random-hex';
import { createStep, endSteps, toSpan } from '../step';
import type { TraceContext } from '../traceparent';
import { toTraceHeader } from '../xray/trace-header';
import { emitSteps } from './emit-steps';
import { flush } from './flush';
import { isKept } from './is-kept';

export type OpenTelemetryOptions = {
  /** Whose trace goes on; without one a new trace begins. */
  parent: TraceContext | undefined;
  /** Another trace that this one belongs with. */
  link: TraceContext | undefined;
  tracestate: string | undefined;
  slowMs: number;
  now: () => number;
  onFailure: (error: unknown) => void;
};

const SCOPE = 'fluxgate';

/** What is kept is decided here, after the end; a parent that says so makes the SDK agree. */
const toSpanContext = ({ traceId, spanId }: TraceContext, tracestate?: string): SpanContext => ({
  traceId,
  spanId,
  traceFlags: TraceFlags.SAMPLED,
  isRemote: true,
  ...(tracestate !== undefined && { traceState: createTraceState(tracestate) }),
});

/**
 * A trace in OpenTelemetry's words. Its root is started at once, so that logs have its ids; everything else is told
 * after the end, if the trace is kept. A root that is never ended is never exported.
 */
export const startInOpenTelemetry = (name: string, options: OpenTelemetryOptions): Trace => {
  const { parent, link, tracestate, slowMs, now, onFailure } = options;
  const tracer = trace.getTracer(SCOPE);
  const root = createStep(name, now());
  const context = parent ? trace.setSpanContext(ROOT_CONTEXT, toSpanContext(parent, tracestate)) : ROOT_CONTEXT;
  const links = link ? [{ context: toSpanContext(link) }] : [];
  const span = tracer.startSpan(name, { startTime: root.startedAt, links }, context);
  // Without an SDK, as on a laptop, nobody makes ids.
  const own = span.isRecording() ? span.spanContext() : { traceId: parent?.traceId ?? randomHex(16), spanId: root.id };
  const sampled = parent?.sampled ?? true;
  const header = toTraceHeader({ ...own, sampled });
  return {
    traceId: own.traceId,
    spanId: own.spanId,
    root: toSpan(root, { now, toHeader: () => header }),
    send: async ({ keep = false } = {}) => {
      try {
        endSteps(root, now());
        if (!span.isRecording() || !(keep || isKept(root, { sampled, slowMs }))) return;
        emitSteps(root, { tracer, span, context });
        await flush();
      } catch (error) {
        onFailure(error);
      }
    },
  };
};
