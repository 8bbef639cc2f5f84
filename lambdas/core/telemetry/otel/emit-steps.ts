import { type Context, type Span, SpanKind, SpanStatusCode, type Tracer, trace } from '@opentelemetry/api';
import { toErrorChain } from '../error-chain';
import { toErrorFields } from '../error-fields';
import type { Step } from '../step';
import { toAttributes } from './to-attributes';

/** The SDK's tracer, the span of the root, and the context that the root was started in. */
export type Emission = { tracer: Tracer; span: Span; context: Context };

/** Tells the SDK of a finished tree: the root, which it has seen begin, and all below it with the times they had. */
export const emitSteps = (root: Step, { tracer, span, context }: Emission): void => {
  emitBelow(root, { tracer, context: trace.setSpan(context, span) });
  finish(span, root);
};

const emitBelow = (step: Step, parent: Pick<Emission, 'tracer' | 'context'>): void => {
  for (const child of step.steps) {
    const kind = child.call === undefined ? SpanKind.INTERNAL : SpanKind.CLIENT;
    const span = parent.tracer.startSpan(child.name, { kind, startTime: child.startedAt }, parent.context);
    emitBelow(child, { ...parent, context: trace.setSpan(parent.context, span) });
    finish(span, child);
  }
};

const finish = (span: Span, step: Step): void => {
  span.setAttributes(toAttributes(step));
  for (const error of step.errors.flatMap(toErrorChain)) recordException(span, error, step.endedAt);
  const [first] = step.errors;
  if (first !== undefined) span.setStatus({ code: SpanStatusCode.ERROR, message: toErrorFields(first).message });
  span.end(step.endedAt);
};

/** As an event: not every SDK reads exceptions that are no instances of its own process's `Error`. */
const recordException = (span: Span, error: unknown, at: number | undefined): void => {
  const { name, message, stack } = toErrorFields(error);
  const exception = {
    'exception.type': name,
    'exception.message': message,
    ...(stack !== undefined && { 'exception.stacktrace': `${name}: ${message}\n${stack}` }),
  };
  span.addEvent('exception', exception, at);
};
