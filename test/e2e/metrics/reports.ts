import type { GivenEvent } from '../../../lambdas/core/platform/event';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import type { TestKey } from '../support/keys';
import { type Sample, valuesOf } from '../support/prometheus';
import { until } from '../support/until';
import type { Observed } from './observed';

const MODEL = 'claude-haiku-4-5';

const EVENTS: readonly GivenEvent[] = [
  { type: 'inference', model: MODEL, status: 'success', durationSeconds: 0.5, inputTokens: 12, outputTokens: 34 },
  { type: 'inference', model: MODEL, status: 'error', durationSeconds: 2, count: 3 },
  { type: 'queue_wait', durationSeconds: 4 },
  { type: 'http_request', method: 'POST', endpoint: '/health', status: 201, durationSeconds: 0.2 },
  { type: 'drift_check', model: MODEL, score: 0.18, threshold: 0.15, status: 'warning', durationSeconds: 5 },
  { type: 'memory_budget', session: 'one', limitBytes: 1_000, usedBytes: 400 },
  { type: 'memory_budget', session: 'two', limitBytes: 1_000, usedBytes: 900 },
  { type: 'mcp_operation', server: 'nobody named it', operation: 'read', status: 'success', durationSeconds: 0.1 },
];
const REPORT = { service: 'inference', events: EVENTS };

export const describeReports = (gateway: GatewayUnderTest, { load, readMetrics }: Observed) =>
  describe('POST /v1/telemetry', () => {
    let reporter: TestKey;
    beforeAll(async () => {
      reporter = await gateway.createKey({ scopes: ['telemetry'] });
    });

    const post = async (body: unknown, headers: Record<string, string> = {}) => {
      const reply = await gateway.send({
        method: 'POST',
        path: '/v1/telemetry',
        headers: { authorization: `Bearer ${reporter.key}`, 'content-type': 'application/json', ...headers },
        body: typeof body === 'string' ? body : JSON.stringify(body),
      });
      return { status: reply.status, body: JSON.parse(reply.body), ids: reply.headers };
    };
    /** The metrics as soon as a report of this many tasks is counted, and with it all before it. */
    const metricsAfter = (tasks: number): Promise<Sample[]> =>
      until('the report is counted', async () => {
        const samples = await readMetrics();
        return valuesOf(samples, 'tasks_completed_total', ['status']).success === tasks ? samples : undefined;
      });
    const finished = (count: number) => ({
      service: 'worker',
      events: [{ type: 'task', taskType: 'other', status: 'success', count }],
    });

    it('is accepted with an id, and shows in /metrics once, however often it is sent', async () => {
      const first = await post(REPORT, { 'idempotency-key': 'once' });
      const again = await post(REPORT, { 'idempotency-key': 'once' });
      await post(finished(1));
      const samples = await metricsAfter(1);

      expect([first.status, again.status]).toEqual([202, 200]);
      expect(first.body).toEqual({
        id: expect.stringMatching(/^report-/),
        accepted: EVENTS.length,
        overflowed: [
          { path: 'events.7.server', label: 'server' },
          { path: 'events.7.operation', label: 'operation' },
        ],
      });
      expect(again.body).toEqual(first.body);
      expect(valuesOf(samples, 'inference_requests_total', ['model', 'status'])).toEqual({
        [`${MODEL} success`]: 1,
        [`${MODEL} error`]: 3,
      });
      expect(valuesOf(samples, 'inference_duration_seconds_sum', ['model'])).toEqual({ [MODEL]: 6.5 });
      expect(valuesOf(samples, 'inference_tokens_total', ['type'])).toEqual({ input: 12, output: 34 });
      expect(valuesOf(samples, 'request_queue_wait_seconds_sum', ['service'])).toEqual({ inference: 4 });
      expect(valuesOf(samples, 'drift_checks_total', ['model', 'status'])).toEqual({ [`${MODEL} warning`]: 1 });
      expect(valuesOf(samples, 'mcp_requests_total', ['server', 'operation'])).toEqual({ 'other other': 1 });
    });

    it('shows what was read last of each gauge', async () => {
      const samples = await until('the gauges are read', async () => {
        const read = await readMetrics();
        return read.some(({ name }) => name === 'drift_score') ? read : undefined;
      });

      expect(valuesOf(samples, 'drift_score', ['model'])).toEqual({ [MODEL]: 0.18 });
      expect(valuesOf(samples, 'memory_budget_limit_bytes', [])).toEqual({ '': 2_000 });
      expect(valuesOf(samples, 'memory_budget_used_bytes', [])).toEqual({ '': 1_300 });
      expect(valuesOf(samples, 'memory_budget_utilization', ['stat'])).toMatchObject({ max: 0.9 });
    });

    it('counts itself, and what it did not know', async () => {
      const samples = await metricsAfter(1);

      expect(valuesOf(samples, 'telemetry_label_overflow_total', ['metric', 'label'])).toMatchObject({
        'mcp_requests_total server': 1,
        'mcp_requests_total operation': 1,
      });
      const reports = samples.filter(
        ({ name, labels }) => name === 'http_requests_total' && labels.endpoint === '/v1/telemetry',
      );
      expect(reports).toMatchObject([{ labels: { method: 'POST', status: '202', service: 'gateway' }, value: 2 }]);
    });

    it('is no request whose record can be asked for', async () => {
      const { body } = await post(finished(1), { 'idempotency-key': 'no-request' });

      const reply = await gateway.send({
        path: `/v1/requests/${body.id}`,
        headers: { authorization: `Bearer ${reporter.key}` },
      });

      expect(reply.status).toBe(404);
    });

    it.each<[string, number, string, unknown, () => Record<string, string>]>([
      ['no key', 401, 'invalid_key', REPORT, () => ({ authorization: '' })],
      ['a key without the scope', 403, 'missing_scope', REPORT, () => ({ authorization: `Bearer ${load().key.key}` })],
      ['a field at fault', 400, 'invalid_request', { service: 'worker', events: [{ type: 'odd' }] }, () => ({})],
      ['no JSON', 400, 'invalid_request', '{"service"', () => ({})],
      ['another media type', 415, 'unsupported_media_type', REPORT, () => ({ 'content-type': 'text/plain' })],
      ['too large a body', 413, 'request_too_large', { service: 'x'.repeat(300_000) }, () => ({})],
    ])('refuses %s with %i', async (_, status, code, body, headers) => {
      const reply = await post(body, headers());

      expect([reply.status, reply.body.error.code]).toEqual([status, code]);
      expect(reply.body.error.correlation_id).toBe(reply.ids['x-correlation-id']);
    });

    it('takes no other method', async () => {
      const reply = await gateway.send({ path: '/v1/telemetry', headers: { authorization: `Bearer ${reporter.key}` } });

      expect([reply.status, JSON.parse(reply.body).error.code]).toEqual([404, 'unknown_route']);
    });
  });
