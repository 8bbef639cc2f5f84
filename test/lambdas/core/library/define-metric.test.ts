import { defineMetric } from '../../../../lambdas/core/library/define-metric';
import { faultsOfKpi, type KpiDefinition } from '../../../../lambdas/core/library/kpi-rules';
import { capturedOutput } from '../../../support/captured-output';

const OPTIONS = { namespace: 'Fluxgate', service: 'billing' };
const ORDERS = {
  name: 'orders_total',
  unit: 'count',
  help: 'Orders placed.',
  labels: { plan: ['free', 'paid'] },
} as const satisfies KpiDefinition;

describe('a metric of one’s own', () => {
  it('is written as an embedded-metric line with its labels as dimensions', async () => {
    const orders = defineMetric(ORDERS, OPTIONS);

    const [line = ''] = await capturedOutput(() => orders.record(3, { plan: 'paid' }));

    const document = JSON.parse(line);
    expect(document).toMatchObject({ service: 'billing', plan: 'paid', orders_total: 3 });
    expect(document._aws.CloudWatchMetrics).toMatchObject([
      { Namespace: 'Fluxgate', Metrics: [{ Name: 'orders_total', Unit: 'Count' }] },
    ]);
    expect(document._aws.CloudWatchMetrics[0].Dimensions[0].sort()).toEqual(['plan', 'service']);
  });

  it('takes only the values of its labels, and finite numbers', async () => {
    const orders = defineMetric({ ...ORDERS, labels: { plan: ['free'] as readonly string[] } }, OPTIONS);

    await expect(orders.record(1, { plan: 'junk' })).rejects.toThrow('the label "plan" must be one of free');
    await expect(orders.record(Number.NaN, { plan: 'free' })).rejects.toThrow('no finite value');
  });

  it('says everything that is wrong with it at once, when it is defined', () => {
    const wrong = { name: 'Orders', unit: 'usd', help: ' ', labels: { user_id: ['a'] } } as const;

    expect(() => defineMetric(wrong, OPTIONS)).toThrow(
      /^The metric cannot be defined: .*snake case.*must end in _usd.*help text.*"user_id" has no closed set/,
    );
  });

  it.each<[Partial<KpiDefinition>, RegExp | undefined]>([
    [{}, undefined],
    [{ name: 'revenue_usd_total', unit: 'usd' }, undefined],
    [{ name: 'orders' }, /must end in _total or _count/],
    [{ name: 'http_requests_total' }, /is taken/],
    [{ labels: { email: ['a'] } }, /no closed set/],
    [{ labels: { service: ['a'] } }, /set by itself/],
    [{ labels: { plan: [] } }, /make 0 series/],
    [{ labels: { a: Array(11).fill('x'), b: Array(10).fill('x') } }, /make 110 series/],
    [{ labels: { a: ['x'], b: ['x'], c: ['x'], d: ['x'], e: ['x'] } }, /at most 4 labels/],
  ])('%j breaks %s', (changes, fault) => {
    const faults = faultsOfKpi({ ...ORDERS, ...changes });

    if (fault === undefined) expect(faults).toEqual([]);
    else expect(faults).toEqual([expect.stringMatching(fault)]);
  });
});
