import type { Subsegment, TraceDocument } from './document-schema';

/** One step of an assembled trace. Times in milliseconds since the epoch. */
export type TraceStep = {
  id: string;
  name: string;
  /** What AWS calls it, for the segments that AWS makes. */
  origin?: string;
  startedAt: number;
  /** Absent while it is under way. */
  endedAt?: number;
  /** The DynamoDB table of a call. */
  table?: string;
  failure?: 'fault' | 'throttle' | 'error';
  /** Outermost first. */
  exceptions: { type: string; message: string }[];
  annotations: Readonly<Record<string, string | number | boolean>>;
  metadata: Readonly<Record<string, unknown>>;
  steps: TraceStep[];
};

export type AssembledTrace = {
  /** As X-Ray writes it. */
  id: string;
  /** In the order in which they began; more than one when something is missing between them. */
  roots: TraceStep[];
  /** Names of steps whose parent has not come in. */
  orphans: string[];
};

/** Puts the documents of one trace together, in whatever order they came. */
export const assembleTrace = (id: string, documents: readonly TraceDocument[]): AssembledTrace => {
  const steps = new Map<string, TraceStep>();
  const add = (segment: Subsegment): TraceStep => {
    const step = toStep(segment);
    steps.set(step.id, step);
    step.steps = (segment.subsegments ?? []).map(add);
    return step;
  };
  const told = documents.map((document) => ({ step: add(document), parentId: document.parent_id }));
  const roots: TraceStep[] = [];
  const orphans: string[] = [];
  for (const { step, parentId } of told) {
    const parent = parentId === undefined ? undefined : steps.get(parentId);
    if (parent === undefined) roots.push(step);
    else parent.steps.push(step);
    if (parentId !== undefined && parent === undefined) orphans.push(step.name);
  }
  for (const { steps: children } of steps.values()) children.sort(byStart);
  return { id, roots: roots.sort(byStart), orphans };
};

const byStart = (a: TraceStep, b: TraceStep): number => a.startedAt - b.startedAt;

const toStep = (segment: Subsegment): TraceStep => {
  const failure = failureOf(segment);
  return {
    id: segment.id,
    name: nameOf(segment),
    ...(segment.origin !== undefined && { origin: segment.origin }),
    startedAt: segment.start_time * 1_000,
    ...(segment.end_time !== undefined && { endedAt: segment.end_time * 1_000 }),
    ...(segment.aws?.table_name !== undefined && { table: segment.aws.table_name }),
    ...(failure && { failure }),
    exceptions: exceptionsOf(segment),
    annotations: segment.annotations ?? {},
    metadata: Object.assign({}, ...Object.values(segment.metadata ?? {})),
    steps: [],
  };
};

/** Calls of AWS go by the name of the service: what was called says more. */
const nameOf = ({ name, namespace, aws }: Subsegment): string =>
  namespace === 'aws' && aws?.operation !== undefined && !name.includes('.') ? `${name}.${aws.operation}` : name;

const failureOf = ({ fault, throttle, error }: Subsegment): TraceStep['failure'] => {
  if (fault) return 'fault';
  if (throttle) return 'throttle';
  return error ? 'error' : undefined;
};

const exceptionsOf = ({ cause }: Subsegment): TraceStep['exceptions'] =>
  typeof cause === 'object'
    ? (cause.exceptions ?? []).map(({ type = 'Error', message = '' }) => ({ type, message }))
    : [];
