import { GatewayError, ProviderError } from '../../../../lambdas/core/errors';
import { createLog } from '../../../../lambdas/core/telemetry/log';
import { LOG_EVENTS_BY_NAME, type LogEvent } from '../../../../lambdas/core/telemetry/log-events';
import type { LogLevel } from '../../../../lambdas/core/telemetry/log-levels';
import type { Log, LogContext } from '../../../../lambdas/core/telemetry/ports';
import { MODEL } from '../../../support/a-request-record';
import { capturedOutput } from '../../../support/captured-output';

const context: LogContext = {
  requestId: 'request-1',
  correlationId: 'correlation-1',
  sessionId: 'session-1',
  traceId: '5759e988bd862e3fe1be46a994272793',
  spanId: '53995c3f42cd8ad8',
  accountId: 'acme',
  keyId: 'key1',
  userId: 'user-7',
};

const linesOf = async (work: (log: Log) => unknown, level: LogLevel = 'INFO') => {
  const lines = await capturedOutput(() => work(createLog({ service: 'fluxgate', name: 'gateway', level })));
  return lines.map((line) => JSON.parse(line));
};

const KEY = 'fg_0123456789abcdef_0123456789abcdef0123456789abcdef01234567';

describe('the log', () => {
  it('writes one JSON object per event, with all ids, the event, its message and a UTC timestamp', async () => {
    const [line] = await linesOf((log) => log.event('fallback_success', context, { model: MODEL }));

    expect(line).toEqual({
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      level: 'INFO',
      message: 'Fallback answered',
      event: 'fallback_success',
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
      user_id: 'user-7',
      model: MODEL,
    });
  });

  it.each([...LOG_EVENTS_BY_NAME])('writes %s at the level of the table', async (event, { level, message }) => {
    const [line] = await linesOf((log) => log.event(event as LogEvent, context), 'DEBUG');

    expect(line).toMatchObject({ event, message, level });
  });

  it.each([
    ['request_error', { error_code: 'invalid_request', status_code: 400 }, 'WARNING'],
    ['request_error', { error_code: 'internal_error', status_code: 500 }, 'ERROR'],
    ['request_error', { error_code: 'provider_stream_cut', status_code: 200 }, 'ERROR'],
    ['request_error', { status_code: 503 }, 'ERROR'],
    ['provider_request_failed', { reason: 'throttled' }, 'WARNING'],
    ['provider_request_failed', { reason: 'timeout' }, 'ERROR'],
    ['drift_checked', { drift_score: 0.4, threshold: 0.3 }, 'WARNING'],
    ['drift_checked', { drift_score: 0.3, threshold: 0.3 }, 'INFO'],
    ['model_health', { available: false }, 'WARNING'],
    ['mcp_operation', { status: 'error' }, 'ERROR'],
  ] as const)('writes %s with %j at %s', async (event, fields, level) => {
    const [line] = await linesOf((log) => log.event(event, context, fields), 'DEBUG');

    expect(line).toMatchObject({ event, level });
  });

  it('takes no event, field or type of value that the tables lack', async () => {
    const misspelt = (log: Log) => {
      // @ts-expect-error there is no such event
      log.event('request_compleated', context);
      // @ts-expect-error there is no such field
      log.event('store_failure', context, { stepp: 'settle' });
      // @ts-expect-error the field is another event's
      log.event('store_failure', context, { threshold: 1 });
      // @ts-expect-error the field is a number
      log.event('drift_checked', context, { threshold: '1' });
    };

    await expect(linesOf(misspelt)).rejects.toThrow();
  });

  it('leaves out what lies below its level', async () => {
    const lines = await linesOf((log) => {
      log.event('fallback_success', context);
      log.event('rate_limit_exceeded', context);
      log.event('store_failure', context);
      log.event('store_connection_lost', context);
    }, 'WARNING');

    expect(lines.map(({ event }) => event)).toEqual(['rate_limit_exceeded', 'store_failure', 'store_connection_lost']);
  });

  it('writes everything of a request that is debugged, and of no other', async () => {
    const lines = await linesOf((log) => {
      log.event('provider_request', { ...context, debug: true });
      log.event('provider_request', context);
    }, 'ERROR');

    expect(lines).toMatchObject([{ event: 'provider_request', level: 'DEBUG' }]);
  });

  it('says where in the code a line of DEBUG or ERROR comes from', async () => {
    const locate = (log: Log) => {
      log.event('provider_request', context);
      log.event('fallback_success', context);
      log.event('store_failure', context, {}, new Error('lost'));
    };

    const lines = await linesOf(locate, 'DEBUG');

    const here = { module: 'log.test.ts', function: expect.any(String), line: expect.any(Number) };
    expect(lines).toMatchObject([here, {}, here]);
    expect(lines[1]).not.toHaveProperty('module');
  });

  it('keeps nothing of one request for the next', async () => {
    const bare: LogContext = { requestId: 'request-2', correlationId: 'c2', sessionId: undefined, traceId: undefined };

    const [, second] = await linesOf((log) => {
      log.event('request_completed', context, { cost_usd: 1 });
      log.event('fallback_success', bare);
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

    const [line] = await linesOf((log) => log.event('store_failure', context, {}, error));

    expect(line.error).toMatchObject({
      name: 'ProviderError',
      message: 'Bedrock throttled the call.',
      kind: 'throttled',
      cause: { name: 'TypeError', message: 'socket hang up' },
    });
    expect(line.error.stack).toMatch(/^ +at .*log\.test\.ts/);
    expect(line).toMatchObject({ error_type: 'ProviderError', error_message: 'Bedrock throttled the call.' });
  });

  it('names the kind of error that it is told rather than the class that was thrown', async () => {
    const fields = { error_code: 'provider_timeout', error_type: 'provider_timeout' };

    const [line] = await linesOf((log) => log.event('request_error', context, fields, new Error('late')));

    expect(line).toMatchObject({ ...fields, error_message: 'late' });
  });

  it('leaves the stack of a caller’s fault out, and what it quotes of him', async () => {
    const error = new GatewayError('unknown_model', 'There is no model "my secret prompt". GET /v1/models lists them.');

    const [line] = await linesOf((log) => log.event('request_error', context, { status_code: 404 }, error));

    expect(line.error_message).toBe('There is no model "...". GET /v1/models lists them.');
    expect(line).not.toHaveProperty('error');
  });

  it('prints neither the bodies that AWS errors carry nor messages that quote what was sent', async () => {
    const upstream = Object.assign(new Error('The text "my secret prompt" is too long'), {
      name: 'ValidationException',
      $metadata: { httpStatusCode: 400, requestId: 'aws-1' },
      $response: { body: 'my secret prompt' },
    });
    const unread = new Error('unreadable', { cause: new SyntaxError('Unexpected token m, "my secret prompt"') });

    const lines = await linesOf((log) => {
      log.event('store_failure', context, {}, upstream);
      log.event('store_failure', context, {}, unread);
    });

    expect(JSON.stringify(lines)).not.toContain('secret prompt');
    expect(lines[0].error).toMatchObject({ name: 'ValidationException', httpStatus: 400, awsRequestId: 'aws-1' });
  });

  it('redacts keys and Authorization values wherever they stand', async () => {
    const lines = await linesOf((log) => {
      const record = { headers: { Authorization: `Bearer ${KEY}` }, note: `key ${KEY}` };
      log.event('store_failure', context, { record });
      log.event('store_failure', context, { step: 'Authorization: Bearer abc.def' }, new Error(`refused ${KEY}`));
    });

    expect(JSON.stringify(lines)).not.toContain('0123456789abcdef0123456789abcdef01234567');
    expect(JSON.stringify(lines)).not.toContain('abc.def');
    expect(lines[0].record).toMatchObject({ headers: { Authorization: expect.not.stringContaining('0123') } });
  });

  it('survives values that JSON cannot hold', async () => {
    const loop: Record<string, unknown> = { big: 10n };
    loop.self = loop;

    const lines = await linesOf((log) => log.event('store_failure', context, { record: loop }, 'not an error'));

    expect(lines).toMatchObject([{ record: { big: '10' }, error: { name: 'string' } }]);
  });

  it('cuts long texts', async () => {
    const [line] = await linesOf((log) => log.event('fallback_success', context, { model: 'x'.repeat(100_000) }));

    expect(line.model.length).toBeLessThan(5_000);
  });
});
