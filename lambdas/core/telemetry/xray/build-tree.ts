import type { Step } from '../step';
import { buildSubsegment } from './build-subsegment';
import type { LoadedTracer } from './load-tracer';
import { type SubsegmentDocument, toDocument } from './to-document';

/** A finished tree as X-Ray's documents, through Powertools' Tracer. */
export const buildTree = (root: Step, loaded: LoadedTracer): SubsegmentDocument => {
  const { tracer } = loaded;
  const before = tracer.getSegment();
  try {
    const subsegment = buildSubsegment(root, loaded);
    tracer.setSegment(subsegment);
    tracer.addServiceNameAnnotation();
    return toDocument(root, subsegment);
  } finally {
    if (before !== undefined) tracer.setSegment(before);
  }
};
