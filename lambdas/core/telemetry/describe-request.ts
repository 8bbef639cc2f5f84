import type { RequestRecord } from '../ledger/record';
import { toRequestAttributes } from './gen-ai-attributes';
import { toContextFields, toLogFields, toRecordContext } from './log-fields';
import type { AnnotationValue, Span } from './ports';

/**
 * What people search traces by: the fields of the log under the same names, and `operation` and `model_id`. X-Ray
 * indexes 50 annotations of a trace.
 */
const SEARCHED = [
  'request_id',
  'correlation_id',
  'session_id',
  'account_id',
  'endpoint',
  'status',
  'status_code',
  'error_code',
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
  'cache_type',
  'attempts',
] as const;

/**
 * Puts a finished request on the root step of its trace: what is searched for as annotations, and the same facts under
 * the names of the OpenTelemetry GenAI convention as metadata.
 */
export const describeRequest = (span: Span, record: RequestRecord): void => {
  if (!span.recording) return;
  // Side by side: putting them into one object takes longer than everything else here.
  const ids: Readonly<Record<string, unknown>> = toContextFields(toRecordContext(record));
  const fields: Readonly<Record<string, unknown>> = toLogFields(record);
  span.annotate('operation', 'chat');
  span.annotate('model_id', record.model);
  span.annotate('routing_strategy', 'requested');
  span.annotate('cold_start', record.coldStart);
  for (const name of SEARCHED) {
    const value = fields[name] ?? ids[name];
    if (isAnnotation(value)) span.annotate(name, value);
  }
  for (const [key, value] of Object.entries(toRequestAttributes(record))) span.metadata(key, value);
};

const isAnnotation = (value: unknown): value is AnnotationValue =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
