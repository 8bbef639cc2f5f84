import type { Attributes, AttributeValue } from '@opentelemetry/api';
import type { AwsAnswer, AwsCall } from '../ports';
import { redactFields, redactText } from '../redaction/redact';
import { toSourceNames } from '../source-names';
import type { Step } from '../step';

/** Attributes named here become annotations in X-Ray; all others metadata. */
const ANNOTATIONS = 'aws.xray.annotations';

/** What a step says, as span attributes. */
export const toAttributes = ({ annotations, metadata, call, answer }: Step): Attributes => ({
  ...Object.fromEntries(
    Object.entries(redactFields({ ...toSourceNames(annotations), ...metadata })).map(([key, value]) => [
      key,
      toValue(value),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(annotations).map(([key, value]) => [key, typeof value === 'string' ? redactText(value) : value]),
  ),
  [ANNOTATIONS]: Object.keys(annotations),
  ...(call && toCallAttributes(call, answer)),
});

const toCallAttributes = ({ service, operation, region, table }: AwsCall, answer: AwsAnswer = {}): Attributes => ({
  'rpc.system': 'aws-api',
  'rpc.service': service,
  'rpc.method': answer.operation ?? operation,
  ...(region !== undefined && { 'aws.region': region }),
  ...(table !== undefined && { 'db.system.name': 'aws.dynamodb', 'aws.dynamodb.table_names': [table] }),
  ...(answer.requestId !== undefined && { 'aws.request_id': answer.requestId }),
  ...(answer.httpStatusCode !== undefined && { 'http.response.status_code': answer.httpStatusCode }),
});

/** An attribute is a primitive or a list of texts; anything else goes as JSON. */
const toValue = (value: unknown): AttributeValue | undefined => {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  if (Array.isArray(value) && value.every((entry) => typeof entry === 'string')) return value;
  return JSON.stringify(value);
};
