import { promptTokens } from '../chat/usage';
import type { RequestRecord } from '../ledger/record';
import { toContextFields, toLogFields } from './log-fields';
import type { AnnotationValue, Span } from './ports';

/** What people search traces by: the fields of the log under the same names, and `operation` and `model_id`. */
const SEARCHED = [
  'request_id',
  'correlation_id',
  'session_id',
  'account_id',
  'endpoint',
  'status',
  'error_type',
  'model',
  'provider',
  'region',
  'streamed',
  'input_tokens',
  'output_tokens',
  'total_tokens',
  'cost_usd',
  'cache',
  'cache_hit',
  'attempts',
  'cold_start',
] as const;

/**
 * Puts a finished request on the root step of its trace: what is searched for as annotations, and the same facts under
 * the names of the OpenTelemetry GenAI convention as metadata. That convention still moves: its names stand here only.
 */
export const describeRequest = (span: Span, record: RequestRecord): void => {
  const fields = {
    ...toContextFields({ ...record, sessionId: record.sessionId, traceId: record.traceId }),
    ...toLogFields(record),
  };
  const annotations = { operation: 'chat', model_id: record.model, ...pick(fields) };
  for (const [key, value] of Object.entries(annotations)) span.annotate(key, value);
  for (const [key, value] of Object.entries(genAiAttributes(record))) span.metadata(key, value);
};

const pick = (fields: Record<string, unknown>): Record<string, AnnotationValue> =>
  Object.fromEntries(
    SEARCHED.flatMap((name) => {
      const value = fields[name];
      return isAnnotation(value) ? [[name, value]] : [];
    }),
  );

const isAnnotation = (value: unknown): value is AnnotationValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

const PROVIDER_NAMES: Readonly<Record<string, string>> = { bedrock: 'aws.bedrock' };

const genAiAttributes = ({
  provider,
  model,
  usage,
  finishReason,
  sessionId,
}: RequestRecord): Record<string, unknown> => ({
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': PROVIDER_NAMES[provider] ?? provider,
  'gen_ai.request.model': model,
  ...(sessionId === undefined ? {} : { 'gen_ai.conversation.id': sessionId }),
  ...(finishReason === undefined ? {} : { 'gen_ai.response.finish_reasons': [finishReason] }),
  ...(usage === undefined
    ? {}
    : {
        'gen_ai.usage.input_tokens': promptTokens(usage),
        'gen_ai.usage.output_tokens': usage.output,
        'gen_ai.usage.cache_read.input_tokens': usage.cacheRead,
        'gen_ai.usage.cache_creation.input_tokens': usage.cacheWrite5m + usage.cacheWrite1h,
      }),
});
