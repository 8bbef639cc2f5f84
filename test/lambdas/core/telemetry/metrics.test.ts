import { LABEL_VALUES, OTHER } from '../../../../lambdas/core/telemetry/label-values';
import type { Metric } from '../../../../lambdas/core/telemetry/metric';
import { METRICS, type Observation } from '../../../../lambdas/core/telemetry/metrics';

const metrics: [string, Metric][] = Object.entries(METRICS);
const bucketsOf = (metric: Metric): readonly number[] => (metric.kind === 'histogram' ? metric.buckets : []);

describe.each(metrics)('%s', (name, metric) => {
  it('is a valid Prometheus name in base units', () => {
    expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(name.endsWith('_total')).toBe(metric.kind === 'counter');
    if (metric.kind === 'histogram') expect(name).toMatch(/_(seconds|bytes|usd)$/);
  });

  it('has a help text of one line that ends in a full stop', () => {
    expect(metric.help).toMatch(/^[^\n]+\.$/);
  });

  it('names each label once', () => {
    expect(new Set(metric.labels).size).toBe(metric.labels.length);
  });

  it('has ascending, finite bucket bounds', () => {
    const bounds = bucketsOf(metric);

    expect([...bounds].sort((one, other) => one - other)).toEqual(bounds);
    expect(new Set(bounds).size).toBe(bounds.length);
    expect(bounds.every(Number.isFinite)).toBe(true);
  });

  it('restricts its CloudWatch metrics by labels and values that it has', () => {
    for (const where of Object.values(metric.emf)) {
      for (const [label, value] of Object.entries(where)) {
        const values: Record<string, readonly string[]> = LABEL_VALUES;
        expect(metric.labels).toContain(label);
        expect(values[label]).toContain(value);
      }
    }
  });
});

describe('the catalogue', () => {
  it('gives every metric a stored name of its own, without the separators of the counters table', () => {
    const stored = metrics.map(([, metric]) => metric.stored);

    expect(new Set(stored).size).toBe(stored.length);
    for (const name of stored) expect(name).toMatch(/^[a-z]{2}$/);
  });

  it('keeps the stored names that deployed tables hold', () => {
    expect(Object.fromEntries(metrics.map(([name, { stored }]) => [stored, name]))).toMatchObject({
      rq: 'gateway_requests_total',
      rd: 'gateway_request_duration_seconds',
      tk: 'gateway_tokens_total',
      co: 'gateway_cost_usd_total',
    });
  });

  it('gives every CloudWatch metric a name of its own', () => {
    const names = metrics.flatMap(([, metric]) => Object.keys(metric.emf));

    expect(new Set(names).size).toBe(names.length);
  });

  it('has no tenant, key, user, session or request among its labels', () => {
    const labels = Object.keys(LABEL_VALUES).join(' ');

    expect(labels).not.toMatch(/account|tenant|client|user|session|key|request_id/);
  });

  it('has no label value with a separator of the counters table, and none that means "anything else"', () => {
    for (const value of Object.values(LABEL_VALUES).flat()) {
      expect(value).not.toMatch(/[|#"\\\n]/);
      expect(value).not.toBe(OTHER);
    }
  });
});

describe('an observation', () => {
  const provider = 'bedrock';
  const model = 'nova-lite';
  const region = 'us-east-1';

  it('compiles with exactly the labels of its metric', () => {
    const right: Observation = { name: 'gateway_cost_usd_total', labels: { provider, model, region }, amount: 1 };

    expect(Object.keys(right.labels)).toEqual([...METRICS.gateway_cost_usd_total.labels]);
  });

  it('does not compile with a misspelt name, a missing label or a label too many', () => {
    const wrong: Observation[] = [
      // @ts-expect-error no metric has this name
      { name: 'gateway_costs_usd_total', labels: { provider, model, region }, amount: 1 },
      // @ts-expect-error the region is missing
      { name: 'gateway_cost_usd_total', labels: { provider, model }, amount: 1 },
      // @ts-expect-error an account is no label
      { name: 'gateway_cost_usd_total', labels: { provider, model, region, account: 'acme' }, amount: 1 },
      // @ts-expect-error this metric has no labels
      { name: 'router_decision_duration_seconds', labels: { model }, amount: 1 },
      // @ts-expect-error a gauge is read, not measured
      { name: 'gateway_active_requests', labels: { provider }, amount: 1 },
    ];

    expect(wrong).toHaveLength(5);
  });
});
