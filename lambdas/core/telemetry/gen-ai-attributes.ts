import type { Call } from '../chat/call';
import type { FinishReason } from '../chat/events';
import { promptTokens, type Usage } from '../chat/usage';
import type { AttemptRecord, RequestRecord } from '../ledger/record';
import type { Target } from '../models/model';

/**
 * The names of the OpenTelemetry GenAI convention, which are still moving: they stand in this file only. Prompts,
 * answers and stop sequences are what people wrote, and are left out.
 */
export type GenAiAttributes = Readonly<Record<string, unknown>>;

const OPERATION = 'chat';

const PROVIDER_NAMES: Readonly<Record<string, string>> = { bedrock: 'aws.bedrock' };

const toProviderName = (provider: string): string => PROVIDER_NAMES[provider] ?? provider;

/** A request as the client sees it, for the root of its tree. */
export const toRequestAttributes = (record: RequestRecord): GenAiAttributes =>
  defined({
    'gen_ai.operation.name': OPERATION,
    'gen_ai.provider.name': toProviderName(record.provider),
    'gen_ai.request.model': record.model,
    'gen_ai.request.stream': record.streamed || undefined,
    'gen_ai.conversation.id': record.sessionId,
    'gen_ai.response.finish_reasons': record.finishReason && [record.finishReason],
    'error.type': record.errorCode,
    ...usageAttributes(record.usage),
  });

/** One call of a provider, for the step that is the call. */
export type Inference = {
  record: AttemptRecord;
  target: Target;
  call: Call;
  maxOutputTokens: number;
  sessionId: string | undefined;
  /** What the provider reported; absent when it did not get so far. */
  usage: Usage | undefined;
  finishReason: FinishReason | undefined;
};

export const toInferenceAttributes = ({ record, target, call, ...rest }: Inference): GenAiAttributes =>
  defined({
    'gen_ai.operation.name': OPERATION,
    'gen_ai.provider.name': toProviderName(target.provider),
    'gen_ai.request.model': target.providerModelId,
    'gen_ai.response.model': record.timeToFirstEventMs === undefined ? undefined : target.model,
    'gen_ai.request.max_tokens': rest.maxOutputTokens,
    'gen_ai.request.temperature': call.temperature,
    'gen_ai.request.top_p': call.topP,
    'gen_ai.conversation.id': rest.sessionId,
    'gen_ai.response.finish_reasons': rest.finishReason && [rest.finishReason],
    'gen_ai.response.time_to_first_chunk':
      record.timeToFirstEventMs === undefined ? undefined : record.timeToFirstEventMs / 1000,
    'server.address': `bedrock-runtime.${target.region}.amazonaws.com`,
    'error.type': record.outcome === 'success' ? undefined : record.outcome,
    ...usageAttributes(rest.usage),
  });

/** The convention counts cached prompt tokens among the input tokens. */
const usageAttributes = (usage: Usage | undefined): GenAiAttributes =>
  usage === undefined
    ? {}
    : {
        'gen_ai.usage.input_tokens': promptTokens(usage),
        'gen_ai.usage.output_tokens': usage.output,
        'gen_ai.usage.cache_read.input_tokens': usage.cacheRead,
        'gen_ai.usage.cache_creation.input_tokens': usage.cacheWrite5m + usage.cacheWrite1h,
      };

const defined = (attributes: Record<string, unknown>): GenAiAttributes =>
  Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined));
