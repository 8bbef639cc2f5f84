import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import { readEvents } from '../support/logs';
import { SECRET_WORDS } from './load';
import type { Observed } from './observed';

export const describeLogs = (gateway: GatewayUnderTest, { load, records }: Observed) =>
  describe('the log', () => {
    const terminal = ['request_completed', 'request_error'];

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

    it('tells a request from its beginning to its end', () => {
      const events = readEvents(gateway.machine(), 'Gateway').filter(
        ({ request_id }) => request_id === load().firstMiss.get('x-fluxgate-request-id'),
      );

      expect(events.map(({ event }) => event)).toEqual(['request_received', 'routing_decision', 'request_completed']);
    });

    it.each(['cache_hit', 'provider_failed_fallback', 'fallback_success', 'rate_limit_exceeded'])('has %s', (name) => {
      const events = readEvents(gateway.machine(), 'Gateway').filter(({ event }) => event === name);

      expect(events.length).toBeGreaterThan(0);
      expect(events.every(({ request_id }) => records().some(({ requestId }) => requestId === request_id))).toBe(true);
    });

    it('has the refusal of an unknown caller, who leaves no record', () => {
      const refused = readEvents(gateway.machine(), 'Gateway').filter(({ error_code }) => error_code === 'invalid_key');

      expect(refused).toMatchObject([{ event: 'request_error', session_id: 'load' }]);
      expect(records().some(({ errorCode }) => errorCode === 'invalid_key')).toBe(false);
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
