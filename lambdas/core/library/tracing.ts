import type { AnnotationValue, Span, StartTrace } from '../telemetry/ports';
import { createStartTrace } from '../telemetry/trace';
import { withContext } from './log-context';

export type TracingOptions = {
  serviceName: string;
  /** @default xray */
  tracing?: 'xray' | 'adot' | 'off';
  /** The live environment, which Lambda changes with every invocation. */
  env: Readonly<Record<string, string | undefined>>;
  /** With `adot`, a request that took longer is kept, whatever was sampled. @default 30 */
  slowSeconds?: number;
  /** Told when a trace could not be sent. @default nobody */
  onFailure?: (error: unknown) => void;
};

/** Facts on a step, by which traces are searched. Undefined is not a fact. */
export type Attributes = Readonly<Record<string, AnnotationValue | undefined>>;

let start: StartTrace | undefined;

/** Says how this process traces. A second call changes nothing. */
export const initTracing = ({
  serviceName,
  tracing = 'xray',
  env,
  slowSeconds = 30,
  onFailure,
}: TracingOptions): void => {
  start ??= createStartTrace({
    tracing,
    service: serviceName,
    slowSeconds,
    env,
    now: Date.now,
    onFailure: onFailure ?? (() => {}),
  });
};

export type TracedRequest = {
  operation: string;
  model: string;
  maxTokens?: number;
  routingStrategy?: string;
  /** Of the request, lower-case names: `traceparent` is picked up. */
  headers?: Readonly<Record<string, string>>;
};

/**
 * Traces a whole request: runs `work` with its root step, records what it throws, and sends the tree when it is done.
 * Log lines of the library within carry its ids. Throws what `work` throws, or when `initTracing` was not called.
 */
export const withRequestSpan = async <Result>(
  { operation, model, maxTokens, routingStrategy, headers }: TracedRequest,
  work: (span: Span) => Promise<Result>,
): Promise<Result> => {
  if (start === undefined) throw new Error('Call initTracing({ serviceName, env }) before withRequestSpan.');
  const trace = start(operation, headers);
  annotate(trace.root, { operation, model_id: model, max_tokens: maxTokens, routing_strategy: routingStrategy });
  try {
    const ids = { trace_id: trace.traceId, span_id: trace.spanId };
    return await withContext(ids, () => within(trace.root, work));
  } finally {
    await trace.send();
  }
};

/** A step that looks into a cache. */
export const traceCacheLookup = <Result>(
  parent: Span,
  { model, cacheType }: { model: string; cacheType: string },
  work: (span: Span) => Promise<Result>,
): Promise<Result> => within(annotate(parent.child('cache.lookup'), { model_id: model, cache_type: cacheType }), work);

/** A step that calls a model on Bedrock. */
export const traceBedrockCall = <Result>(
  parent: Span,
  {
    model,
    inputTokens,
    maxTokens,
    region,
  }: { model: string; inputTokens?: number; maxTokens?: number; region?: string },
  work: (span: Span) => Promise<Result>,
): Promise<Result> => {
  const call = { service: 'BedrockRuntime', operation: 'Converse', ...(region === undefined ? {} : { region }) };
  const span = parent.child('bedrock.invoke_model', call);
  return within(annotate(span, { model_id: model, input_tokens: inputTokens, max_tokens: maxTokens }), work);
};

/** A step that works out a cost. */
export const traceCostCalculation = <Result>(
  parent: Span,
  { model, inputTokens, outputTokens }: { model: string; inputTokens: number; outputTokens: number },
  work: (span: Span) => Promise<Result>,
): Promise<Result> =>
  within(
    annotate(parent.child('cost.calculate'), {
      model_id: model,
      input_tokens: inputTokens,
      output_tokens: outputTokens,
    }),
    work,
  );

/** Ends a step that went well, with what is known of it by now. Ending it again changes nothing. */
export const endSpanSuccess = (span: Span, attributes: Attributes = {}): void => {
  annotate(span, { status: 'success', ...attributes }).end();
};

/** Records an exception with its stack and marks the step as failed; it is still to be ended. */
export const recordException = (span: Span, error: unknown): void => span.fail(error);

const annotate = (span: Span, attributes: Attributes): Span => {
  for (const [name, value] of Object.entries(attributes)) span.annotate(name, value);
  return span;
};

const within = async <Result>(span: Span, work: (span: Span) => Promise<Result>): Promise<Result> => {
  try {
    return await work(span);
  } catch (error) {
    span.fail(error);
    throw error;
  } finally {
    span.end();
  }
};
