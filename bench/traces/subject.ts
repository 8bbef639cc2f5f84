import { describeAttempt } from '../../lambdas/core/telemetry/describe-attempt';
import { describeRequest } from '../../lambdas/core/telemetry/describe-request';
import type { AwsCall, Span } from '../../lambdas/core/telemetry/ports';
import { createStartTrace } from '../../lambdas/core/telemetry/trace';
import { createWallClock } from '../../lambdas/core/telemetry/wall-clock';
import { anAttempt, aRequestRecord } from '../../test/support/a-request-record';
import { aCall } from '../../test/support/call';
import { aTarget } from '../../test/support/target';

/**
 * What tracing does for one request that missed the cache, and nothing else: bundled like a function, and run in a
 * process of its own for each way of tracing.
 */
const call = (operation: string): AwsCall => ({ service: 'DynamoDB', operation, table: 'bench' });

const within = (parent: Span, name: string, work: (span: Span) => void = () => {}): void => {
  const span = parent.child(name);
  work(span);
  span.end();
};

const calling = (parent: Span, operation: string): void => {
  if (!parent.recording) return;
  const span = parent.child(`DynamoDB.${operation}`, call(operation));
  span.header();
  span.answered({ httpStatusCode: 200, requestId: 'bench', attempts: 1 });
  span.end();
};

const record = aRequestRecord({ cache: 'miss' });
const inference = {
  record: anAttempt(),
  target: aTarget(),
  call: aCall(),
  maxOutputTokens: 400,
  sessionId: 'session-1',
  usage: record.usage,
  finishReason: record.finishReason,
  number: 1,
  correlationId: 'correlation-1',
};

const miss = (root: Span): void => {
  within(root, 'routing.decide', (span) => span.annotate('routing_strategy', 'requested'));
  within(root, 'cache.lookup', (span) => {
    span.annotate('cache_type', 'exact');
    calling(span, 'GetItem');
  });
  calling(root, 'PutItem');
  calling(root, 'UpdateItem');
  within(root, 'provider_attempt_1', (attempt) =>
    within(attempt, 'bedrock.invoke_model', (invoke) => {
      within(attempt, 'cost.calculate', (span) => span.annotate('cost_usd', 0.0015));
      describeAttempt({ attempt, invoke }, inference);
    }),
  );
  describeRequest(root, record);
  within(root, 'settle', (span) => {
    for (const operation of ['PutItem', 'PutItem', 'UpdateItem', 'DeleteItem']) calling(span, operation);
  });
};

const WARM_UP = 3_000;

/** Traces `requests` requests, after a warm-up, and prints what the first and the others took. */
const main = async (tracing: 'xray' | 'adot' | 'off', sampled: string, requests: number): Promise<void> => {
  const startTrace = createStartTrace({
    tracing,
    service: 'fluxgate',
    slowSeconds: 30,
    env: {
      _X_AMZN_TRACE_ID: `Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=${sampled}`,
      AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2',
    },
    now: createWallClock(),
    onFailure: (error) => {
      throw error;
    },
  });
  const trace = async (): Promise<void> => {
    const { root, send } = startTrace('chat_completion');
    miss(root);
    root.end();
    await send();
  };
  const started = performance.now();
  await trace();
  const firstMs = performance.now() - started;
  for (let done = 0; done < WARM_UP; done += 1) await trace();
  const before = process.cpuUsage();
  for (let done = 0; done < requests; done += 1) await trace();
  const { user, system } = process.cpuUsage(before);
  process.stdout.write(JSON.stringify({ firstMs, cpuMicroseconds: (user + system) / requests }));
};

const [, , tracing, sampled = '0', requests = '5000'] = process.argv;
if (tracing === 'xray' || tracing === 'adot' || tracing === 'off') void main(tracing, sampled, Number(requests));
