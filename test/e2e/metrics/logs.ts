import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as v from 'valibot';
import { logLineFaults } from '../../support/log-line';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import { readEvents } from '../support/logs';
import { SECRET_WORDS } from './load';
import type { Observed } from './observed';

export const describeLogs = (gateway: GatewayUnderTest, { load, records }: Observed) =>
  describe('the log', () => {
    const terminal = ['request_completed', 'request_error'];
    const idOf = (headers: Headers): string => headers.get('x-fluxgate-request-id') ?? 'none';
    const readLines = (construct: string): string[] => {
      const { logsDirectory, functionName } = gateway.machine();
      return readFileSync(join(logsDirectory, `${functionName(construct)}.log`), 'utf8').split('\n');
    };

    it('has one terminal event for every record, with all its ids', async () => {
      const ended = readEvents(gateway.machine(), 'Gateway').filter(({ event }) => terminal.includes(event));

      for (const { requestId, correlationId, sessionId, traceId, accountId, keyId, errorCode } of records()) {
        expect(ended.filter(({ request_id }) => request_id === requestId)).toMatchObject([
          {
            event: errorCode === undefined ? 'request_completed' : 'request_error',
            correlation_id: correlationId,
            session_id: sessionId,
            trace_id: traceId,
            account_id: accountId,
            key_id: keyId,
          },
        ]);
      }
    });

    // Here every trace is recorded; as a rule few are.
    const withoutTrace = (line: string): string => line.replace(/"(span_id|xray_trace_id)":"[^"]*",/g, '');

    it('has one line of at most 1.2 KB for a completed request', () => {
      const own = readLines('Gateway').filter((line) => line.includes(idOf(load().firstMiss)));

      expect(own.map((line) => JSON.parse(line).event)).toEqual(['request_completed']);
      expect(Buffer.byteLength(withoutTrace(own[0] ?? ''))).toBeLessThanOrEqual(1.2 * 1024);
    });

    it('tells a request from its beginning to its end when its key may ask for that', () => {
      const events = readEvents(gateway.machine(), 'Gateway');

      const debugged = events.filter(({ request_id }) => request_id === idOf(load().debugged));
      expect(debugged.map(({ event }) => event)).toEqual([
        'request_received',
        'routing_decision',
        'provider_request',
        'request_completed',
      ]);
      expect(debugged[0]).toMatchObject({ level: 'DEBUG', client_ip_hash: expect.stringMatching(/^[0-9a-f]{16}$/) });
      expect(events.filter(({ level }) => level === 'DEBUG')).toHaveLength(3);
    });

    it.each([
      'provider_request_failed',
      'provider_rate_limit_approaching',
      'provider_failed_fallback',
      'fallback_success',
      'rate_limit_exceeded',
    ])('has %s', (name) => {
      const events = readEvents(gateway.machine(), 'Gateway').filter(({ event }) => event === name);

      expect(events.length).toBeGreaterThan(0);
      expect(events.every(({ request_id }) => records().some(({ requestId }) => requestId === request_id))).toBe(true);
    });

    it('says once what is the same for a whole environment', () => {
      const started = readEvents(gateway.machine(), 'Gateway').filter(({ event }) => event === 'environment_started');

      expect(started[0]).toMatchObject({ function_name: gateway.machine().functionName('Gateway'), stage: 'dev' });
      expect(new Set(started.map(({ memory_mb }) => memory_mb))).toEqual(new Set([1024]));
    });

    it('holds nothing but lines of JSON, and of the functions’ own nothing but fields of the table', () => {
      const { logsDirectory } = gateway.machine();
      const lines = readdirSync(logsDirectory)
        .filter((file) => file !== 'api-access.log')
        .flatMap((file) => readFileSync(join(logsDirectory, file), 'utf8').trimEnd().split('\n'))
        .map((line): unknown => JSON.parse(line));

      const own = lines.filter((line) => v.is(v.looseObject({ event: v.string() }), line));
      expect(own.length).toBeGreaterThan(20);
      expect(own.flatMap(logLineFaults)).toEqual([]);
    });

    it('has the refusal of an unknown caller, who leaves no record', () => {
      const refused = readEvents(gateway.machine(), 'Gateway').filter(({ error_code }) => error_code === 'invalid_key');

      expect(refused).toMatchObject([{ event: 'request_error', session_id: 'load' }]);
      expect(records().some(({ errorCode }) => errorCode === 'invalid_key')).toBe(false);
    });

    it('names the client that was refused without calling its fault an error', () => {
      const refused = readEvents(gateway.machine(), 'Gateway').filter(
        ({ error_code }) => error_code === 'unknown_model',
      );

      expect(refused[0]).toMatchObject({ level: 'WARNING', status_code: 404, error_type: 'validation' });
      expect(refused[0]).not.toHaveProperty('error');
    });

    it('has neither prompts nor keys in it, and neither have metrics and traces', () => {
      const { logsDirectory, functionName, emfFile, tracesFile } = gateway.machine();
      const files = [join(logsDirectory, `${functionName('Gateway')}.log`), emfFile, tracesFile];

      const texts = files.map((file) => readFileSync(file, 'utf8'));

      const [, , secret = ''] = load().key.key.split('_');
      expect(texts.every((text) => text.length > 1_000)).toBe(true);
      expect(texts.map((text) => text.includes(SECRET_WORDS) || text.includes(secret))).toEqual([false, false, false]);
    });
  });
