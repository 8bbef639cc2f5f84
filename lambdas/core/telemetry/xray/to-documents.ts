import type { Step } from '../step';
import type { Segment, Subsegment, XRayClasses } from './load-classes';
import { toSubsegment } from './to-subsegment';
import type { TraceHeader } from './trace-header';

/** The daemon takes 64 KB at a time; this leaves room for its header. */
const MOST_BYTES = 63_000;

export type DocumentOptions = { classes: XRayClasses; namespace: string };

/**
 * The documents that tell X-Ray of a tree: one, unless it is too large. Then the steps below the root go on their own,
 * each naming its parent, and a step that is too large by itself goes without its metadata and errors.
 */
export const toDocuments = (root: Step, header: TraceHeader, options: DocumentOptions): string[] => {
  const segment = new options.classes.Segment('facade', header.root);
  segment.id = header.parentId;
  return documentsOf(root, segment, options);
};

const documentsOf = (step: Step, parent: Segment | Subsegment, options: DocumentOptions): string[] => {
  const whole = withSteps(step, parent, options).format();
  if (fits(whole)) return [whole];
  const alone = toSubsegment(step, parent, options);
  return [
    fittingDocument(step, alone, parent, options),
    ...step.steps.flatMap((child) => documentsOf(child, alone, options)),
  ];
};

const withSteps = (step: Step, parent: Segment | Subsegment, options: DocumentOptions): Subsegment => {
  const subsegment = toSubsegment(step, parent, options);
  for (const child of step.steps) withSteps(child, subsegment, options);
  return subsegment;
};

const fittingDocument = (
  step: Step,
  alone: Subsegment,
  parent: Segment | Subsegment,
  options: DocumentOptions,
): string => {
  const document = alone.format();
  return fits(document) ? document : toSubsegment({ ...step, metadata: {}, errors: [] }, parent, options).format();
};

const fits = (document: string): boolean => Buffer.byteLength(document) <= MOST_BYTES;
