import { RECORDING_RULES } from '../../dashboards/recording-rules';
import { toRuleGroups } from '../../dashboards/to-rule-groups';
import { METRICS_BY_NAME } from '../../lambdas/core/telemetry/metrics';
import { RECORDED_GAUGES } from '../../lambdas/core/telemetry/recorded-gauges';
import { readPromql } from '../support/promql';
import { EXPOSED_NAMES } from './exposed-names';

const RULES = RECORDING_RULES.map((rule) => [rule.record, rule] as const);

describe('every recording rule', () => {
  it.each(RULES)('reads counters of the catalogue, and no other rule: %s', (_, { expr }) => {
    const { selectors, grouping } = readPromql(expr);

    const read = selectors.map(({ name }) => EXPOSED_NAMES.get(name));
    const labels = new Set(read.flatMap((one) => one?.labels ?? []));
    expect(read.filter((one) => one === undefined || one.kind === 'gauge')).toEqual([]);
    expect(grouping.filter((label) => !labels.has(label))).toEqual([]);
  });

  it.each(RULES)('has a name of its own, or that of a gauge that is worked out when it is shown: %s', (record) => {
    const measured = EXPOSED_NAMES.get(record);
    const metric = measured && METRICS_BY_NAME.get(measured.metric);

    expect(record).toMatch(/^[a-z_][a-z0-9_:]*$/);
    expect(RECORDING_RULES.filter((other) => other.record === record)).toHaveLength(1);
    expect(measured === undefined || (metric?.kind === 'gauge' && metric.origin === 'derived')).toBe(true);
  });

  it.each(RULES)('never divides by nothing: %s', (_, { expr }) => {
    const divisors = expr.split(' / ').slice(1);

    expect(divisors.filter((divisor) => !divisor.includes('> 0)'))).toEqual([]);
  });
});

describe('the recording rules', () => {
  const latencies = [...METRICS_BY_NAME].filter(([, { kind, unit }]) => kind === 'histogram' && unit === 'seconds');

  it.each(latencies.map(([name]) => name))('have p50, p90, p95 and p99 of %s', (name) => {
    const records = RECORDING_RULES.map(({ record }) => record);

    expect(records).toEqual(expect.arrayContaining([50, 90, 95, 99].map((percentile) => `${name}:p${percentile}_5m`)));
  });

  it('record the gauges that are not written, under all of their names, and no other gauge of the catalogue', () => {
    const gauges = RECORDING_RULES.flatMap(({ record }) => EXPOSED_NAMES.get(record)?.metric ?? []);
    const names = RECORDED_GAUGES.flatMap((gauge) => [...EXPOSED_NAMES].filter(([, { metric }]) => metric === gauge));

    expect(new Set(gauges)).toEqual(new Set(RECORDED_GAUGES));
    expect(gauges).toHaveLength(names.length);
  });

  it('stand in groups that are small, each once', () => {
    const groups = toRuleGroups(RECORDING_RULES, 60);

    expect(new Set(groups.map(({ name }) => name)).size).toBe(groups.length);
    expect(groups.filter(({ rules }) => rules.length > 20)).toEqual([]);
    expect(groups.flatMap(({ rules }) => rules)).toHaveLength(RECORDING_RULES.length);
  });
});
