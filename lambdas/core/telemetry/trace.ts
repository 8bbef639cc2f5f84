import { startInOpenTelemetry } from './otel/start-in-open-telemetry';
import type { StartTrace, Trace } from './ports';
import { randomHex } from './random-hex';
import { NO_SPAN } from './step';
import { readTraceparent, type TraceContext } from './traceparent';
import { loadTracer } from './xray/load-tracer';
import { startRecorded } from './xray/start-recorded';
import { readTraceHeader } from './xray/trace-header';

export type TraceOptions = {
  tracing: 'xray' | 'adot' | 'off';
  /** The service's name: its metadata stands under it. */
  service: string;
  /** With `adot`, a request that took longer is kept, whatever was sampled. */
  slowSeconds: number;
  /** The live environment: Lambda changes `_X_AMZN_TRACE_ID` with every invocation. */
  env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Told when a tree could not be sent. */
  onFailure: (error: unknown) => void;
};

/** What came with an invocation: from Lambda, and from the client. */
type Incoming = { lambda: TraceContext | undefined; client: TraceContext | undefined; tracestate: string | undefined };

/** Starts the trace of an invocation. The tree is kept in memory and sent once; nothing of it is process-wide. */
export const createStartTrace = (options: TraceOptions): StartTrace => {
  const start = STARTS[options.tracing](options);
  return (name, headers = {}) =>
    start(name, {
      lambda: readTraceHeader(options.env._X_AMZN_TRACE_ID),
      client: readTraceparent(headers.traceparent),
      tracestate: headers.tracestate,
    });
};

type Start = (name: string, incoming: Incoming) => Trace;

const untraced: Start = (_, { lambda, client }) => ({
  traceId: (client ?? lambda)?.traceId ?? randomHex(16),
  root: NO_SPAN,
  send: async () => {},
});

/**
 * API Gateway and Lambda own the trace and have decided at its head whether it is sampled. A `traceparent` names
 * another trace, which this one is linked to.
 */
const xray = ({ service, env, now, onFailure }: TraceOptions): Start => {
  let loaded: ReturnType<typeof loadTracer> | undefined;
  const load = () => {
    loaded ??= loadTracer(service).catch((error: unknown) => {
      loaded = undefined;
      throw error;
    });
    return loaded;
  };
  return (name, incoming) => {
    const { lambda: parent, client } = incoming;
    if (parent === undefined) return untraced(name, incoming);
    const link = client && client.traceId !== parent.traceId ? { clientTraceId: client.traceId } : {};
    if (!parent.sampled) return { traceId: parent.traceId, ...link, root: NO_SPAN, send: async () => {} };
    const daemonAddress = env.AWS_XRAY_DAEMON_ADDRESS;
    const trace = startRecorded(name, { parent, loadTracer: load, daemonAddress, now, onFailure });
    if (client) trace.root.metadata('traceparent', { trace_id: client.traceId, span_id: client.spanId });
    return { ...trace, ...link };
  };
};

/** The client's trace goes on; without one Lambda's does. */
const adot =
  ({ slowSeconds, now, onFailure }: TraceOptions): Start =>
  (name, { lambda, client, tracestate }) =>
    startInOpenTelemetry(name, {
      parent: client ?? lambda,
      link: client && lambda,
      tracestate: client && tracestate,
      slowMs: slowSeconds * 1000,
      now,
      onFailure,
    });

const STARTS: Record<TraceOptions['tracing'], (options: TraceOptions) => Start> = { xray, adot, off: () => untraced };
