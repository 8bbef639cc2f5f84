import { totalTokens } from '../chat/usage';
import { type Inference, toInferenceAttributes } from './gen-ai-attributes';
import type { Span } from './ports';

export type Attempt = Inference & {
  /** From 1. */
  number: number;
  correlationId: string;
};

/** Puts a finished call of a provider on its two steps: the attempt, which is the gateway's, and the call itself. */
export const describeAttempt = ({ attempt, invoke }: { attempt: Span; invoke: Span }, facts: Attempt): void => {
  if (!attempt.recording) return;
  const { record, target, usage } = facts;
  const failed = record.outcome === 'success' ? undefined : record.outcome;
  for (const span of [attempt, invoke]) {
    span.annotate('provider', target.provider);
    span.annotate('model_id', target.model);
    span.annotate('error_type', failed);
  }
  attempt.annotate('model', target.model);
  attempt.annotate('attempt', facts.number);
  attempt.annotate('correlation_id', facts.correlationId);
  attempt.annotate('region', target.region);
  attempt.annotate('input_tokens', usage?.input);
  attempt.annotate('output_tokens', usage?.output);
  attempt.annotate('total_tokens', usage && totalTokens(usage));
  attempt.annotate('cost_usd', record.costNanoUsd / 1e9);
  invoke.annotate('region', target.region);
  invoke.annotate('max_tokens', facts.maxOutputTokens);
  for (const [name, value] of Object.entries(toInferenceAttributes(facts))) invoke.metadata(name, value);
};
