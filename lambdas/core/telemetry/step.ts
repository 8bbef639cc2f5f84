import { randomHex } from './random-hex';
import type { AnnotationValue, AwsAnswer, AwsCall, Span } from './trace-ports';

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
  /** Of a step that is a call of AWS. */
  call?: AwsCall;
  answer?: AwsAnswer;
  errors: unknown[];
  steps: Step[];
};

export type StepOptions = {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** `X-Amzn-Trace-Id` for what a step calls, given the id of the step. */
  toHeader: (stepId: string) => string;
};

export const createStep = (name: string, startedAt: number, call?: AwsCall): Step => ({
  id: randomHex(8),
  name,
  startedAt,
  annotations: {},
  metadata: {},
  ...(call && { call }),
  errors: [],
  steps: [],
});

/** Records into `step`. Nothing is computed here that could wait until the tree is sent. */
export const toSpan = (step: Step, options: StepOptions): Span => ({
  recording: true,
  child: (name, call) => {
    const child = createStep(name, options.now(), call);
    step.steps.push(child);
    return toSpan(child, options);
  },
  annotate: (key, value) => {
    if (value !== undefined) step.annotations[key] = value;
  },
  metadata: (key, value) => {
    step.metadata[key] = value;
  },
  answered: (answer) => {
    step.answer = answer;
  },
  fail: (error) => {
    // What was recorded where it was caught may be thrown on.
    if (!step.errors.includes(error)) step.errors.push(error);
  },
  end: () => {
    // A clock may be set back meanwhile.
    step.endedAt ??= Math.max(step.startedAt, options.now());
  },
  header: () => options.toHeader(step.id),
});

/** Ends every step that nobody ended. */
export const endSteps = (step: Step, endedAt: number): void => {
  step.endedAt ??= Math.max(step.startedAt, endedAt);
  for (const child of step.steps) endSteps(child, endedAt);
};

/** Records nothing. */
export const NO_SPAN: Span = {
  recording: false,
  child: () => NO_SPAN,
  annotate: () => {},
  metadata: () => {},
  answered: () => {},
  fail: () => {},
  end: () => {},
  header: () => undefined,
};
