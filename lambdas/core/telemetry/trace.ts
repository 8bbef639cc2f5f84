import type { StartTrace, Trace } from './ports';
import { createStep, endSteps, NO_SPAN, type Step, toSpan } from './step';
import { loadClasses } from './xray/load-classes';
import { readDaemonAddress, sendDocuments } from './xray/send-documents';
import { toDocuments } from './xray/to-documents';
import { readTraceHeader, type TraceHeader, toTraceId } from './xray/trace-header';

export type TraceOptions = {
  tracing: 'xray' | 'off';
  /** The service's name: its metadata stands under it. */
  service: string;
  /** The live environment: Lambda changes `_X_AMZN_TRACE_ID` with every invocation. */
  env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Told when a tree could not be sent. */
  onFailure: (error: unknown) => void;
};

/**
 * Starts the trace of an invocation. The tree is kept in memory and sent once; nothing of it is process-wide.
 * X-Ray decides at the head what is sampled: an invocation that is not records nothing, and keeps its id for the logs.
 */
export const createStartTrace =
  (options: TraceOptions): StartTrace =>
  (name) => {
    const header = options.tracing === 'off' ? undefined : readTraceHeader(options.env._X_AMZN_TRACE_ID);
    if (header === undefined) return untraced(undefined);
    return header.sampled ? traced(createStep(name, options.now()), header, options) : untraced(toTraceId(header));
  };

const untraced = (traceId: string | undefined): Trace => ({ traceId, root: NO_SPAN, send: async () => {} });

const traced = (root: Step, header: TraceHeader, { service, env, now, onFailure }: TraceOptions): Trace => ({
  traceId: toTraceId(header),
  spanId: root.id,
  root: toSpan(root, now),
  send: async () => {
    try {
      endSteps(root, now());
      const documents = toDocuments(root, header, { classes: await loadClasses(), namespace: service });
      await sendDocuments(documents, readDaemonAddress(env.AWS_XRAY_DAEMON_ADDRESS));
    } catch (error) {
      onFailure(error);
    }
  },
});
