import { randomBytes } from 'node:crypto';
import type { AnnotationValue, Span } from './ports';

/** One recorded step. Times in milliseconds since the epoch. */
export type Step = {
  /** 16 hex digits. */
  id: string;
  name: string;
  startedAt: number;
  /** Absent while it is under way. */
  endedAt?: number;
  annotations: Record<string, AnnotationValue>;
  metadata: Record<string, unknown>;
  errors: unknown[];
  steps: Step[];
};

export const createStep = (name: string, startedAt: number): Step => ({
  id: randomBytes(8).toString('hex'),
  name,
  startedAt,
  annotations: {},
  metadata: {},
  errors: [],
  steps: [],
});

/** Records into `step`. Nothing is computed here that could wait until the tree is sent. */
export const toSpan = (step: Step, now: () => number): Span => ({
  child: (name) => {
    const child = createStep(name, now());
    step.steps.push(child);
    return toSpan(child, now);
  },
  annotate: (key, value) => {
    step.annotations[key] = value;
  },
  metadata: (key, value) => {
    step.metadata[key] = value;
  },
  fail: (error) => {
    step.errors.push(error);
  },
  end: () => {
    step.endedAt ??= now();
  },
});

/** Ends every step that nobody ended. */
export const endSteps = (step: Step, endedAt: number): void => {
  step.endedAt ??= endedAt;
  for (const child of step.steps) endSteps(child, endedAt);
};

/** Records nothing. */
export const NO_SPAN: Span = {
  child: () => NO_SPAN,
  annotate: () => {},
  metadata: () => {},
  fail: () => {},
  end: () => {},
};
