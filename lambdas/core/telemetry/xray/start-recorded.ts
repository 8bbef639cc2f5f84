import type { Trace } from '../ports';
import { createStep, endSteps, toSpan } from '../step';
import type { TraceContext } from '../traceparent';
import type { LoadedTracer } from './load-tracer';
import { readDaemonAddress, sendDocuments } from './send-documents';
import { toDatagrams } from './to-datagrams';
import { toDocument } from './to-document';
import { toTraceHeader } from './trace-header';

export type RecordedOptions = {
  /** Lambda's own segment. */
  parent: TraceContext;
  loadTracer: () => Promise<LoadedTracer>;
  daemonAddress: string | undefined;
  now: () => number;
  onFailure: (error: unknown) => void;
};

/** A sampled trace: kept in memory, sent to the daemon once. */
export const startRecorded = (
  name: string,
  { parent, loadTracer, daemonAddress, now, onFailure }: RecordedOptions,
): Trace => {
  const root = createStep(name, now());
  return {
    traceId: parent.traceId,
    spanId: root.id,
    root: toSpan(root, { now, toHeader: (spanId) => toTraceHeader({ ...parent, spanId }) }),
    send: async () => {
      try {
        endSteps(root, now());
        const document = toDocument(root, await loadTracer());
        await sendDocuments(toDatagrams(document, parent), readDaemonAddress(daemonAddress));
      } catch (error) {
        onFailure(error);
      }
    },
  };
};
