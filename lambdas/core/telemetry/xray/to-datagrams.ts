import type { TraceContext } from '../traceparent';
import type { SubsegmentDocument } from './to-document';
import { toXRayTraceId } from './trace-header';

/** The daemon takes 64 KB at a time; this leaves room for its header. */
const MOST_BYTES = 63_000;

/**
 * What the daemon is told of a tree: one document, unless it is too large. Then the steps below the root go on their
 * own, each naming its parent, and a step that is too large by itself goes without its metadata and exceptions.
 */
export const toDatagrams = (root: SubsegmentDocument, { traceId, spanId }: TraceContext): string[] =>
  datagramsOf(root, toXRayTraceId(traceId), spanId);

const datagramsOf = (document: SubsegmentDocument, traceId: string, parentId: string): string[] => {
  const { subsegments = [], ...alone } = document;
  const ownFields = { type: 'subsegment', trace_id: traceId, parent_id: parentId };
  const whole = JSON.stringify({ ...ownFields, ...document });
  if (fits(whole)) return [whole];
  return [
    fitting({ ...ownFields, ...alone }),
    ...subsegments.flatMap((child) => datagramsOf(child, traceId, document.id)),
  ];
};

const fitting = (document: Record<string, unknown>): string => {
  const text = JSON.stringify(document);
  if (fits(text)) return text;
  const { metadata, cause, ...rest } = document;
  return JSON.stringify(rest);
};

const fits = (document: string): boolean => Buffer.byteLength(document) <= MOST_BYTES;
