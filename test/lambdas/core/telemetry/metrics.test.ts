import {
  CONFIGURED_LABELS,
  closedValuesOf,
  LABEL_VALUES,
  OTHER,
  toLabelValue,
} from '../../../../lambdas/core/telemetry/label-values';
import { type Metric, SOURCE_SYSTEMS } from '../../../../lambdas/core/telemetry/metric';
import {
  METRIC_FAMILIES,
  METRICS,
  METRICS_BY_NAME,
  type Observation,
} from '../../../../lambdas/core/telemetry/metrics';

const metrics: [string, Metric][] = [...METRICS_BY_NAME];
const bucketsOf = (metric: Metric): readonly number[] => (metric.kind === 'histogram' ? metric.buckets : []);

describe.each(metrics)('%s', (name, metric) => {
  it('is a valid Prometheus name that says what it counts', () => {
    expect(name).toMatch(/^[a-z][a-zA-Z0-9_]*$/);
    expect(name.endsWith('_total')).toBe(metric.kind === 'counter');
    if (metric.unit !== 'count' && metric.kind === 'histogram') {
      expect(name).toMatch(/_(seconds|bytes|usd|ratio)$/);
    }
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

  it('restricts its CloudWatch metrics and its aliases by labels and values that it has', () => {
    const restrictions = [
      ...Object.values(metric.emf ?? {}).map((where) =>
        Object.entries(where).map(([label, value]) => [label, [value]] as const),
      ),
      ...(metric.sources ?? []).map(({ where = {} }) => Object.entries(where)),
    ].flat();

    for (const [label, values] of restrictions) {
      const closed: Record<string, readonly string[]> = LABEL_VALUES;
      expect(metric.labels).toContain(label);
      expect(closed[label]).toEqual(expect.arrayContaining([...values]));
    }
  });

  it('gives its aliases none but its own labels', () => {
    for (const { labels = [] } of metric.sources ?? []) {
      expect(metric.labels).toEqual(expect.arrayContaining([...labels]));
    }
  });
});

describe('the catalogue', () => {
  const sources = metrics.flatMap(([name, metric]) =>
    (metric.sources ?? []).map((source) => ({ ...source, of: name })),
  );

  it('has every metric in one family', () => {
    const inFamilies = Object.values(METRIC_FAMILIES).flatMap((family) => Object.keys(family));

    expect(inFamilies.sort()).toEqual(Object.keys(METRICS).sort());
  });

  it.each([
    ['FluxAI', 17],
    ['Model Gateway', 18],
    ['AI Platform', 28],
    ['ChoreoAI', 13],
    ['Proxy Agent Platform', 12],
  ] as const)('knows every metric of %s', (system, count) => {
    const names = sources.filter((source) => source.system === system).map(({ name }) => name);

    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(count);
    expect(SOURCE_SYSTEMS).toContain(system);
  });

  it('gives an alias to one metric only, and never the name of another metric', () => {
    const aliases = sources.filter(({ name, of }) => name !== of);
    const owners = new Map<string, Set<string>>();
    for (const { name, of } of aliases) owners.set(name, (owners.get(name) ?? new Set()).add(of));

    expect([...owners.values()].every(({ size }) => size === 1)).toBe(true);
    expect(aliases.filter(({ name }) => METRICS_BY_NAME.has(name))).toEqual([]);
  });

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
    const names = metrics.flatMap(([, metric]) => Object.keys(metric.emf ?? {}));

    expect(new Set(names).size).toBe(names.length);
  });

  it('has no tenant, key, user, session or request among its labels', () => {
    const labels = [...Object.keys(LABEL_VALUES), ...CONFIGURED_LABELS].join(' ');

    expect(labels).not.toMatch(/account|tenant|client|user|session|key|request_id/);
  });

  it('has no label value with a separator of the counters table, and none that means "anything else"', () => {
    for (const value of Object.values(LABEL_VALUES).flat()) {
      expect(value).not.toMatch(/[|#"\\\n]/);
      expect(value).not.toBe(OTHER);
    }
  });

  it('has closed values for no configured label', () => {
    expect(CONFIGURED_LABELS.filter((label) => closedValuesOf(label) !== undefined)).toEqual([]);
  });
});

describe('a label value', () => {
  it.each([
    ['model', 'nova-lite', 'nova-lite'],
    ['model', 'made-up-by-a-client', OTHER],
    ['status', '404', '404'],
    ['status', '418', OTHER],
    ['server', 'jira-mcp', 'jira-mcp'],
    ['server', 'a|b', OTHER],
    ['server', 'x'.repeat(65), OTHER],
    ['server', 'line\nbreak', OTHER],
  ] as const)('of %s: %j counts as %j', (label, value, expected) => {
    expect(toLabelValue(label, value)).toBe(expected);
  });
});

describe('an observation', () => {
  const provider = toLabelValue('provider', 'bedrock');
  const model = 'nova-lite';
  const region = 'us-east-1';

  it('compiles with exactly the labels of its metric', () => {
    const right: Observation = { name: 'gateway_cost_usd_total', labels: { provider, model, region }, amount: 1 };

    expect(Object.keys(right.labels)).toEqual([...METRICS.gateway_cost_usd_total.labels]);
  });

  it('does not compile with a misspelt name, a missing label, a label too many or an open value', () => {
    const target = { provider, model, region } as const;
    const wrong: Observation[] = [
      // @ts-expect-error no metric has this name
      { name: 'gateway_costs_usd_total', labels: { provider, model, region }, amount: 1 },
      // @ts-expect-error the region is missing
      { name: 'gateway_cost_usd_total', labels: { provider, model }, amount: 1 },
      // @ts-expect-error an account is no label
      { name: 'gateway_cost_usd_total', labels: { provider, model, region, account: 'acme' }, amount: 1 },
      // @ts-expect-error an object that is passed on has the region, too
      { name: 'gateway_overshoot_usd_total', labels: target, amount: 1 },
      // @ts-expect-error and so has one that is spread
      { name: 'gateway_overshoot_usd_total', labels: { ...target }, amount: 1 },
      // @ts-expect-error this metric has no labels
      { name: 'router_decision_duration_seconds', labels: { model }, amount: 1 },
      // @ts-expect-error a gauge is read, not measured
      { name: 'gateway_active_requests', labels: { provider }, amount: 1 },
      // @ts-expect-error no such model is in the catalogue
      { name: 'gateway_cost_usd_total', labels: { provider, model: 'a-client-sent-this', region }, amount: 1 },
      // @ts-expect-error a text that no guard has passed
      { name: 'gateway_provider_health_latency_seconds', labels: { provider: String(model) }, amount: 1 },
    ];

    expect(wrong).toHaveLength(9);
  });
});
