import { bindContext, clearContext, withContext } from '../../../../lambdas/core/library/log-context';
import { createServiceLogger, type ServiceLogger } from '../../../../lambdas/core/library/service-logger';
import type { LogLevel } from '../../../../lambdas/core/telemetry/log-levels';
import { redactFields } from '../../../../lambdas/core/telemetry/redaction/redact';

const aLogger = (level: LogLevel = 'DEBUG', includeTraceInfo = true) => {
  const lines: Record<string, unknown>[] = [];
  const logger = createServiceLogger({
    service: 'memory',
    name: 'search',
    level,
    includeTraceInfo,
    write: (line) => lines.push(line),
    redactFields,
    now: () => new Date('2026-11-21T10:00:00.000Z'),
  });
  return { logger, lines };
};

const TABLE: readonly [name: string, log: (logger: ServiceLogger) => void, line: Record<string, unknown>][] = [
  [
    'logRequest',
    (log) => log.logRequest({ method: 'GET', endpoint: '/x', status: 200, durationMs: 3, userId: 'u', requestId: 'r' }),
    {
      level: 'INFO',
      event: 'request_completed',
      method: 'GET',
      endpoint: '/x',
      status_code: 200,
      duration_ms: 3,
      user_id: 'u',
      request_id: 'r',
    },
  ],
  [
    'logRequest of a caller’s fault',
    (log) => log.logRequest({ method: 'GET', endpoint: '/x', status: 404, durationMs: 3 }),
    { level: 'WARNING', event: 'request_error', status_code: 404 },
  ],
  [
    'logRequest of our own fault',
    (log) => log.logRequest({ method: 'GET', endpoint: '/x', status: 503, durationMs: 3 }),
    { level: 'ERROR', event: 'request_error', status_code: 503 },
  ],
  [
    'logInference',
    (log) => log.logInference({ model: 'm', durationMs: 12, batchSize: 8 }),
    { level: 'INFO', event: 'inference_completed', model: 'm', duration_ms: 12, batch_size: 8 },
  ],
  [
    'logMcpOperation',
    (log) => log.logMcpOperation({ server: 'files', operation: 'read', durationMs: 5, status: 'success' }),
    { level: 'INFO', event: 'mcp_operation', server: 'files', operation: 'read', duration_ms: 5, status: 'success' },
  ],
  [
    'logMcpOperation that failed',
    (log) => log.logMcpOperation({ server: 'files', operation: 'read', durationMs: 5, status: 'error' }),
    { level: 'ERROR', status: 'error' },
  ],
  [
    'logMemoryOperation',
    (log) => log.logMemoryOperation({ operation: 'search', store: 'qdrant', durationMs: 5, status: 'success' }),
    { level: 'INFO', event: 'memory_operation', operation: 'search', store: 'qdrant' },
  ],
  [
    'logDrift above the threshold',
    (log) => log.logDrift({ model: 'm', score: 0.18, threshold: 0.15 }),
    { level: 'WARNING', event: 'drift_checked', model: 'm', drift_score: 0.18, threshold: 0.15 },
  ],
  [
    'logDrift at the threshold',
    (log) => log.logDrift({ model: 'm', score: 0.15, threshold: 0.15 }),
    { level: 'INFO', event: 'drift_checked' },
  ],
  [
    'logGatewayRequest',
    (log) => log.logGatewayRequest({ accountId: 'acme', model: 'm', maxTokens: 50 }),
    { level: 'DEBUG', event: 'request_received', account_id: 'acme', requested_model: 'm', max_tokens: 50 },
  ],
  [
    'logGatewayResponse',
    (log) =>
      log.logGatewayResponse({
        accountId: 'acme',
        model: 'm',
        inputTokens: 3,
        outputTokens: 4,
        costUsd: 0.1,
        cacheHit: true,
        cacheType: 'exact',
        savingsUsd: 0.2,
        durationMs: 9,
      }),
    {
      level: 'INFO',
      event: 'request_completed',
      account_id: 'acme',
      model: 'm',
      status: 'success',
      input_tokens: 3,
      output_tokens: 4,
      total_tokens: 7,
      cost_usd: 0.1,
      cache_hit: true,
      cache_type: 'exact',
      saved_usd: 0.2,
      duration_ms: 9,
    },
  ],
  [
    'logGatewayError',
    (log) => log.logGatewayError({ accountId: 'acme', model: 'm', errorType: 'provider_timeout' }, new Error('Late.')),
    { event: 'request_error', account_id: 'acme', model: 'm', error_type: 'provider_timeout', error_message: 'Late.' },
  ],
  [
    'logGatewayCacheHit',
    (log) => log.logGatewayCacheHit({ model: 'm', cacheType: 'semantic', similarity: 0.97, savingsUsd: 0.1 }),
    { level: 'DEBUG', event: 'cache_hit', model: 'm', cache_type: 'semantic', similarity: 0.97, saved_usd: 0.1 },
  ],
];

describe('a service’s logger', () => {
  it.each(TABLE)('%s writes its line', (_, log, line) => {
    const { logger, lines } = aLogger();

    log(logger);

    expect(lines).toMatchObject([{ ...line, service: 'memory', logger: 'search', message: expect.any(String) }]);
    expect(lines[0]?.timestamp).toBe('2026-11-21T10:00:00.000Z');
  });

  it.each([
    ['debug', 'DEBUG'],
    ['info', 'INFO'],
    ['warning', 'WARNING'],
    ['error', 'ERROR'],
    ['critical', 'CRITICAL'],
  ] as const)('%s writes free words at %s', (method, level) => {
    const { logger, lines } = aLogger();

    logger[method]('Index rebuilt', { documents: 12, nothing: undefined });

    expect(lines).toEqual([expect.objectContaining({ level, message: 'Index rebuilt', documents: 12 })]);
    expect(lines[0]).not.toHaveProperty('nothing');
  });

  it('writes nothing below its level', () => {
    const { logger, lines } = aLogger('WARNING');

    logger.info('Not wanted');
    logger.logDrift({ model: 'm', score: 0.1, threshold: 0.15 });
    logger.logDrift({ model: 'm', score: 0.2, threshold: 0.15 });

    expect(lines).toMatchObject([{ level: 'WARNING', drift_score: 0.2 }]);
  });

  it('takes keys out of words and fields', () => {
    const { logger, lines } = aLogger();

    logger.info('Got fg_abc_secretsecret', { nested: { authorization: 'Bearer x', text: 'fg_abc_secretsecret' } });

    expect(JSON.stringify(lines)).not.toMatch(/secretsecret|Bearer x/);
  });

  it('says of an error what it is and where', () => {
    const { logger, lines } = aLogger();

    logger.error('It broke', {}, new TypeError('No such index.'));

    expect(lines).toMatchObject([
      { error_type: 'TypeError', error_message: 'No such index.', error: { stack: expect.stringContaining('at ') } },
    ]);
  });
});

describe('the bound context', () => {
  it('is on every line within, also after awaits, and on none after it', async () => {
    const { logger, lines } = aLogger();

    await withContext({ request_id: 'r1' }, async () => {
      await null;
      logger.info('Within');
    });
    logger.info('After');

    expect(lines).toMatchObject([{ message: 'Within', request_id: 'r1' }, { message: 'After' }]);
    expect(lines[1]).not.toHaveProperty('request_id');
  });

  it('does not mix requests that are served at the same time', async () => {
    const { logger, lines } = aLogger();
    const serve = (id: string) =>
      withContext({ request_id: id }, async () => {
        for (let step = 0; step < 3; step += 1) {
          await null;
          logger.info(id);
        }
      });

    await Promise.all(['a', 'b', 'c'].map(serve));

    expect(lines).toHaveLength(9);
    expect(lines.filter(({ message, request_id }) => message !== request_id)).toEqual([]);
  });

  it('can be bound and cleared within one chain of calls', async () => {
    const { logger, lines } = aLogger();

    await withContext({}, async () => {
      bindContext({ request_id: 'r1' });
      bindContext({ user_id: 'u1' });
      logger.info('Bound');
      clearContext();
      logger.info('Cleared');
    });

    expect(lines[0]).toMatchObject({ request_id: 'r1', user_id: 'u1' });
    expect(lines[1]).not.toHaveProperty('request_id');
  });

  it('leaves the trace out where it is not wanted', () => {
    const { logger, lines } = aLogger('INFO', false);

    withContext({ request_id: 'r1', trace_id: 'f'.repeat(32) }, () => logger.info('Within'));

    expect(lines[0]).toHaveProperty('request_id');
    expect(lines[0]).not.toHaveProperty('trace_id');
  });
});
