import * as v from 'valibot';
import { type CommonEnv, commonEnv } from '../../../../lambdas/core/common-env';
import { readEnv } from '../../../../lambdas/core/read-env';
import { createTelemetry, type Telemetry } from '../../../../lambdas/core/telemetry/create-telemetry';
import { describeRequest } from '../../../../lambdas/core/telemetry/describe-request';
import { toRecordContext } from '../../../../lambdas/core/telemetry/log-fields';
import type { LogContext } from '../../../../lambdas/core/telemetry/ports';
import { aRequestRecord } from '../../../support/a-request-record';
import { capturedOutput } from '../../../support/captured-output';
import { COMMON_ENVIRONMENT } from '../../../support/function-environment';
import { pretendToBeLambda } from '../../../support/lambda-environment';
import { startXRayDaemon } from '../../../support/xray-daemon';

const ENV: CommonEnv = { ...readEnv(v.object(commonEnv), COMMON_ENVIRONMENT), TRACING: 'xray' };

const headerOf = (digit: string) =>
  `Root=1-${digit.repeat(8)}-${digit.repeat(24)};Parent=${digit.repeat(16)};Sampled=1`;

/** Whatever is said of a request holds its letter doubled. */
const recordOf = (letter: string, changes: Parameters<typeof aRequestRecord>[0] = {}) =>
  aRequestRecord({
    ...{
      startedAt: Date.now(),
      requestId: `${letter}${letter}-request`,
      correlationId: `${letter}${letter}-correlation`,
    },
    ...{ sessionId: undefined, userId: undefined, traceId: undefined, ...changes },
  });

/** An invocation that broke with its steps open, as a request of a debugged key with all of its ids. */
const breakDown = async ({ log, report, startTrace }: Telemetry): Promise<void> => {
  const trace = startTrace('chat_completion');
  const ids = { accountId: 'xx-account', keyId: 'xx-key', userId: 'xx-user', sessionId: 'xx-session' };
  const record = recordOf('x', { ...ids, outcome: 'error', errorCode: 'internal_error', httpStatus: 500 });
  const context: LogContext = { ...toRecordContext(record), traceId: trace.traceId, spanId: trace.spanId, debug: true };
  log.event('request_received', context, { method: 'POST', requested_model: 'xx-model' });
  const step = trace.root.child('xx-step');
  step.annotate('xx', 'xx');
  const error = new TypeError('xx broke.');
  step.child('xx-below').fail(error);
  trace.root.fail(error);
  describeRequest(trace.root, record);
  await report(record, context, error);
  await trace.send();
};

const succeed = async ({ log, report, startTrace }: Telemetry): Promise<void> => {
  const trace = startTrace('chat_completion');
  const record = recordOf('y');
  const context: LogContext = { ...toRecordContext(record), traceId: trace.traceId, spanId: trace.spanId };
  log.event('request_received', context, { method: 'POST' });
  log.event('fallback_success', context, { attempts: 2 });
  describeRequest(trace.root, record);
  trace.root.end();
  await report(record, context);
  await trace.send();
};

describe('the telemetry of a warm environment', () => {
  pretendToBeLambda();

  it('shares nothing between an invocation that broke and the next', async () => {
    const daemon = await startXRayDaemon();
    const processEnv: Record<string, string> = { AWS_XRAY_DAEMON_ADDRESS: daemon.address };
    const telemetry = createTelemetry({ env: ENV, name: 'gateway', processEnv });

    processEnv._X_AMZN_TRACE_ID = headerOf('a');
    const first = await capturedOutput(() => breakDown(telemetry));
    processEnv._X_AMZN_TRACE_ID = headerOf('b');
    const second = await capturedOutput(() => succeed(telemetry));
    const [broken, good] = await daemon.arrived(2);
    await daemon.stop();

    expect(first.map((line) => JSON.parse(line).event)).toEqual([
      'request_received',
      'environment_started',
      'request_error',
    ]);
    expect(second.map((line) => JSON.parse(line).event)).toEqual(['fallback_success', 'request_completed']);
    expect(JSON.parse(second[1] ?? '')).toMatchObject({ request_id: 'yy-request', trace_id: 'b'.repeat(32) });
    expect(broken).toMatchObject({ parent_id: 'a'.repeat(16), fault: true });
    expect(good).toMatchObject({ parent_id: 'b'.repeat(16), annotations: { request_id: 'yy-request' } });
    for (const said of [...second, JSON.stringify(good)]) expect(said).not.toMatch(/xx|aaaaaaaa|fault|cause|TypeError/);
  });
});
