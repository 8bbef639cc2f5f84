import { ProviderError } from '../../../../lambdas/core/errors';
import { createLog } from '../../../../lambdas/core/telemetry/log';
import { LOG_EVENTS, type LogLevel } from '../../../../lambdas/core/telemetry/log-events';
import { toLogFields } from '../../../../lambdas/core/telemetry/log-fields';
import type { Log, LogContext } from '../../../../lambdas/core/telemetry/ports';
import { aRequestRecord, MODEL } from '../../../support/a-request-record';
import { capturedOutput } from '../../../support/captured-output';

const context: LogContext = {
  requestId: 'request-1',
  correlationId: 'correlation-1',
  sessionId: 'session-1',
  traceId: '5759e988bd862e3fe1be46a994272793',
  spanId: '53995c3f42cd8ad8',
  accountId: 'acme',
  keyId: 'key1',
};

const linesOf = async (work: (log: Log) => unknown, level: LogLevel = 'INFO') => {
  const lines = await capturedOutput(() => work(createLog({ service: 'fluxgate', name: 'gateway', level })));
  return lines.map((line) => JSON.parse(line));
};

const KEY = 'fg_0123456789abcdef_0123456789abcdef0123456789abcdef01234567';

describe('the log', () => {
  it('writes one JSON object per event, with all ids, the event, its message and a UTC timestamp', async () => {
    const [line] = await linesOf((log) => log.event('request_received', context, { model: MODEL }));

    expect(line).toEqual({
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      level: 'INFO',
      message: 'Request received',
      event: 'request_received',
      service: 'fluxgate',
      logger: 'gateway',
      request_id: 'request-1',
      correlation_id: 'correlation-1',
      session_id: 'session-1',
      trace_id: '5759e988bd862e3fe1be46a994272793',
      span_id: '53995c3f42cd8ad8',
      xray_trace_id: '1-5759e988-bd862e3fe1be46a994272793',
      account_id: 'acme',
      key_id: 'key1',
      model: MODEL,
    });
  });

  it.each(Object.entries(LOG_EVENTS))('writes %s at the level of the table', async (event, { level, message }) => {
    const [line] = await linesOf((log) => log.event(event as keyof typeof LOG_EVENTS, context), 'DEBUG');

    expect(line).toMatchObject({ event, message, level: level === 'WARN' ? 'WARNING' : level });
  });

  it('leaves out what lies below its level', async () => {
    const lines = await linesOf((log) => {
      log.event('request_completed', context);
      log.event('rate_limit_exceeded', context);
      log.event('store_failure', context);
    }, 'WARN');

    expect(lines.map(({ event }) => event)).toEqual(['rate_limit_exceeded', 'store_failure']);
  });

  it('keeps nothing of one request for the next', async () => {
    const bare: LogContext = { requestId: 'request-2', correlationId: 'c2', sessionId: undefined, traceId: undefined };

    const [, second] = await linesOf((log) => {
      log.event('request_completed', context, { cost_usd: 1 });
      log.event('request_received', bare);
    });

    expect(Object.keys(second).sort()).toEqual(
      ['correlation_id', 'event', 'level', 'logger', 'message', 'request_id', 'service', 'timestamp'].sort(),
    );
  });

  it('shows an error with its name, message, frames and causes', async () => {
    const error = new ProviderError('throttled', 'Bedrock throttled the call.', {
      retryable: true,
      fallback: true,
      maybeBilled: false,
      cause: new TypeError('socket hang up'),
    });

    const [line] = await linesOf((log) => log.event('request_error', context, {}, error));

    expect(line.error).toMatchObject({
      name: 'ProviderError',
      message: 'Bedrock throttled the call.',
      kind: 'throttled',
      cause: { name: 'TypeError', message: 'socket hang up' },
    });
    expect(line.error.stack).toMatch(/^ +at .*log\.test\.ts/);
    expect(line).toMatchObject({ error_type: 'ProviderError', error_message: 'Bedrock throttled the call.' });
  });

  it('names the kind of error of the record rather than the class that was thrown', async () => {
    const fields = toLogFields(aRequestRecord({ outcome: 'error', errorCode: 'provider_timeout' }));

    const [line] = await linesOf((log) => log.event('request_error', context, fields, new Error('late')));

    expect(line).toMatchObject({
      error_type: 'provider_timeout',
      error_code: 'provider_timeout',
      error_message: 'late',
    });
  });

  it('prints neither the bodies that AWS errors carry nor messages that quote what was sent', async () => {
    const upstream = Object.assign(new Error('The text "my secret prompt" is too long'), {
      name: 'ValidationException',
      $metadata: { httpStatusCode: 400, requestId: 'aws-1' },
      $response: { body: 'my secret prompt' },
    });
    const unread = new Error('unreadable', { cause: new SyntaxError('Unexpected token m, "my secret prompt"') });

    const lines = await linesOf((log) => {
      log.event('request_error', context, {}, upstream);
      log.event('request_error', context, {}, unread);
    });

    expect(JSON.stringify(lines)).not.toContain('secret prompt');
    expect(lines[0].error).toMatchObject({ name: 'ValidationException', httpStatus: 400, awsRequestId: 'aws-1' });
  });

  it('redacts keys and Authorization values wherever they stand', async () => {
    const lines = await linesOf((log) => {
      log.event('request_error', context, { headers: { Authorization: `Bearer ${KEY}` }, note: `key ${KEY}` });
      log.event('request_error', context, { url: 'Authorization: Bearer abc.def' }, new Error(`refused ${KEY}`));
    });

    expect(JSON.stringify(lines)).not.toContain('0123456789abcdef0123456789abcdef01234567');
    expect(JSON.stringify(lines)).not.toContain('abc.def');
    expect(lines[0]).toMatchObject({ headers: { Authorization: '[redacted]' }, note: 'key fg_[redacted]' });
  });

  it('survives values that JSON cannot hold', async () => {
    const loop: Record<string, unknown> = { big: 10n };
    loop.self = loop;

    const lines = await linesOf((log) => log.event('store_failure', context, { loop }, 'not an error'));

    expect(lines).toMatchObject([{ loop: { big: '10' }, error: { name: 'string' } }]);
  });

  it('cuts long texts', async () => {
    const [line] = await linesOf((log) => log.event('request_received', context, { model: 'x'.repeat(100_000) }));

    expect(line.model.length).toBeLessThan(5_000);
  });
});

describe('the fields of a completed request', () => {
  it('name what was used, what it cost and how long it took', () => {
    expect(toLogFields(aRequestRecord({ cache: 'miss' }))).toMatchObject({
      model: MODEL,
      provider: 'bedrock',
      status_code: 200,
      status: 'success',
      input_tokens: 100,
      output_tokens: 80,
      total_tokens: 180,
      cost_usd: 0.0015,
      latency_ms: 820,
      duration_ms: 820,
      cache: 'miss',
      cache_hit: false,
    });
  });

  it('leave out usage that nobody reported', () => {
    const { usage: _, ...unknown } = aRequestRecord({ unmetered: true });

    const fields = toLogFields(unknown);

    expect(fields).toMatchObject({ unmetered: true });
    expect(Object.keys(fields)).not.toContain('total_tokens');
  });
});
