import { ALIASES } from '../../../lambdas/core/telemetry/aliases';
import { parseOpenMetrics } from '../../support/openmetrics-text';
import { aChat } from '../support/chats';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import { readSamples, type Sample, seriesIn, valuesOf } from '../support/prometheus';
import { until } from '../support/until';
import type { Observed } from './observed';

/** Sums of floating-point numbers differ in their last digits. */
const rounded = (values: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, Number(value.toFixed(6))]));

export const describeExposition = (
  gateway: GatewayUnderTest,
  { load, reader, samples, readMetrics, readLedger, readFreshMetrics }: Observed,
) =>
  describe('GET /metrics', () => {
    it('shows how many requests are under way', async () => {
      const slow = gateway.clientOf(load().key).chat.completions.create(aChat('[[think:2500]]'));
      const active = (read: readonly Sample[]) => valuesOf(read, 'gateway_active_requests', ['provider']);

      const during = await until('a request is under way', async () => {
        const read = active(await readMetrics());
        return read.bedrock === undefined ? undefined : read;
      });
      await slow;
      await readLedger();
      const after = await readMetrics();

      expect(during).toEqual({ bedrock: 1 });
      expect(after.filter(({ name }) => name === 'gateway_active_requests')).toMatchObject([
        { labels: { provider: 'bedrock' }, value: 0 },
      ]);
    });

    it('is text of the Prometheus format, every series once', async () => {
      const { status, headers, body } = await gateway.send({
        path: '/metrics',
        headers: { authorization: `Bearer ${reader().key}` },
      });

      const types = [...body.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name);
      const series = seriesIn(readSamples(body));
      expect([status, headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
      expect(new Set(types).size).toBe(types.length);
      expect(new Set(series).size).toBe(series.length);
    });

    it('says the same in OpenMetrics, compressed, to those who ask for it', async () => {
      const headers = { authorization: `Bearer ${reader().key}` };
      const text = await gateway.send({ path: '/metrics', headers });

      const open = await gateway.send({
        path: '/metrics',
        headers: { ...headers, accept: 'application/openmetrics-text;version=1.0.0', 'accept-encoding': 'gzip' },
      });

      const families = parseOpenMetrics(open.body);
      expect(open.headers).toMatchObject({
        'content-type': 'application/openmetrics-text; version=1.0.0; charset=utf-8',
        'content-encoding': 'gzip',
      });
      expect([...families.values()].reduce((sum, { samples: of }) => sum + of.length, 0)).toBe(
        readSamples(text.body).length,
      );
    });

    it('is not sent again to who has it already', async () => {
      const headers = { authorization: `Bearer ${reader().key}` };
      const { headers: first } = await gateway.send({ path: '/metrics', headers });

      const again = await gateway.send({ path: '/metrics', headers: { ...headers, 'if-none-match': `${first.etag}` } });

      expect([again.status, again.body]).toEqual([304, '']);
    });

    it.each(ALIASES.filter(({ name }) => name !== 'up').map((alias) => [alias.name, alias] as const))(
      'has the alias %s, which adds up to what it is made of',
      (name, alias) => {
        const parts = alias.metric.kind === 'histogram' ? ['_bucket', '_sum', '_count'] : [''];
        const meant = samples().filter(({ labels }) =>
          alias.where.every(([label, values = []]) => values.some((value) => value === labels[label])),
        );

        for (const part of parts) {
          const labels = part === '_bucket' ? [...alias.labels, 'le'] : alias.labels;
          const shown = rounded(valuesOf(samples(), name + part, labels));
          expect(shown).toEqual(rounded(valuesOf(meant, alias.of + part, labels)));
        }
      },
    );

    it.each([
      ['no key', 401, 'invalid_key', () => ({})],
      ['an unknown key', 401, 'invalid_key', () => ({ authorization: `Bearer fg_nobody_${'0'.repeat(40)}` })],
      ['a key without the scope', 403, 'missing_scope', () => ({ authorization: `Bearer ${load().key.key}` })],
    ])('refuses %s with %i', async (_, status, code, headers) => {
      const reply = await gateway.send({ path: '/metrics', headers: headers() });

      expect(reply.status).toBe(status);
      expect(JSON.parse(reply.body)).toMatchObject({
        error: { code, correlation_id: reply.headers['x-correlation-id'] },
      });
    });

    it('has no more series after hundreds of junk model names', async () => {
      const earlier = await readLedger();
      const before = seriesIn(await readFreshMetrics(earlier));
      for (let round = 0; round < 15; round += 1) {
        // Refusals of one key are rolled up within a minute.
        const { key } = await gateway.createKey();
        const junk = Array.from({ length: 20 }, (_, index) => `junk-${round}-${index}"} 1\n\\`);
        await Promise.all(
          junk.map((model) =>
            gateway.send({
              method: 'POST',
              path: '/v1/chat/completions',
              headers: { authorization: `Bearer ${key}`, 'x-session-id': `junk-${round}` },
              body: JSON.stringify({ ...aChat('Hello', { model }), user: model }),
            }),
          ),
        );
      }
      const all = await readLedger();

      const after = await readFreshMetrics(all);

      expect(all.length).toBeGreaterThanOrEqual(earlier.length + 15);
      expect(seriesIn(after)).toEqual(before);
    }, 60_000);
  });
