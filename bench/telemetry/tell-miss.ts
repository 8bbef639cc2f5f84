import { describeAttempt } from '../../lambdas/core/telemetry/describe-attempt';
import { describeRequest } from '../../lambdas/core/telemetry/describe-request';
import { toRecordContext } from '../../lambdas/core/telemetry/log-fields';
import type { Log, ReportRequest, Span, StartTrace } from '../../lambdas/core/telemetry/ports';
import { anAttempt, aRequestRecord } from '../../test/support/a-request-record';
import { aCall } from '../../test/support/call';
import { aTarget } from '../../test/support/target';

export type Telemetry = { log: Log; report: ReportRequest; startTrace: StartTrace };

const call = (parent: Span, operation: string): void => {
  if (!parent.recording) return;
  const span = parent.child(`DynamoDB.${operation}`, { service: 'DynamoDB', operation, table: 'bench' });
  span.header();
  span.answered({ httpStatusCode: 200, requestId: 'bench', attempts: 1 });
  span.end();
};

const attempt = (parent: Span): void => {
  const span = parent.child('provider_attempt_1');
  const invoke = span.child('bedrock.invoke_model', { service: 'BedrockRuntime', operation: 'ConverseStream' });
  span.child('cost.calculate').end();
  describeAttempt(
    { attempt: span, invoke },
    {
      ...{ record: anAttempt(), target: aTarget(), call: aCall(), usage: undefined, finishReason: 'stop' },
      ...{ number: 1, maxOutputTokens: 400, sessionId: 'session-1', correlationId: 'correlation-1' },
    },
  );
  invoke.end();
  span.end();
};

/** Everything that a request which missed the cache tells, in the order of the request path, and nothing else of it. */
export const tellMiss = async ({ log, report, startTrace }: Telemetry): Promise<void> => {
  const trace = startTrace('chat_completion');
  const { root } = trace;
  const record = aRequestRecord({ startedAt: Date.now(), cache: 'miss' });
  const context = { ...toRecordContext(record), traceId: trace.traceId, spanId: trace.spanId };
  log.event('request_received', context, { method: 'POST', endpoint: record.endpoint, requested_model: record.model });
  root.child('routing.decide').end();
  log.event('routing_decision', context, { requested_model: record.model, model: record.model });
  const lookup = root.child('cache.lookup');
  call(lookup, 'GetItem');
  lookup.end();
  for (const operation of ['PutItem', 'UpdateItem', 'UpdateItem']) call(root, operation);
  log.event('provider_request', context, { provider: record.provider, model: record.model, attempt: 1 });
  attempt(root);
  describeRequest(root, record);
  const settle = root.child('settle');
  for (const operation of ['PutItem', 'UpdateItem', 'UpdateItem', 'DeleteItem', 'PutItem']) call(settle, operation);
  await report(record, context);
  settle.end();
  root.end();
  await trace.send();
};
