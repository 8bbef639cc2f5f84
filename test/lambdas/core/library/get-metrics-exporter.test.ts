import type { Report } from '../../../../lambdas/core/library/sink';

const load = async () => {
  jest.resetModules();
  return import('../../../../lambdas/core/library/get-metrics-exporter');
};

it('there is one exporter per service, and the first sink stays', async () => {
  const { initMetrics, getMetricsExporter } = await load();
  const first: Report[] = [];
  const second: Report[] = [];
  initMetrics({ sink: async (report) => void first.push(report) });
  initMetrics({ sink: async (report) => void second.push(report) });

  const exporter = getMetricsExporter('gateway');
  exporter.recordQueueWait({ durationSeconds: 1 });
  await getMetricsExporter('gateway').flush();

  expect(getMetricsExporter('gateway')).toBe(exporter);
  expect(getMetricsExporter('mcp')).not.toBe(exporter);
  expect(first).toMatchObject([{ id: expect.stringMatching(/^[\w-]{16}$/), service: 'gateway' }]);
  expect(second).toEqual([]);
});

it('an exporter without a sink is refused with what to call first', async () => {
  const { getMetricsExporter } = await load();

  expect(() => getMetricsExporter('gateway')).toThrow('Call initMetrics({ sink }) before');
});
