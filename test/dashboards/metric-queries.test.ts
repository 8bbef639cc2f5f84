import { METRIC_QUERIES_BY_ID, METRIC_QUERY_SUBJECTS } from '../../dashboards/metric-queries';
import { LABEL_VALUES } from '../../lambdas/core/telemetry/label-values';
import { METRICS_BY_NAME } from '../../lambdas/core/telemetry/metrics';
import { readPromql, type Selector } from '../support/promql';
import { EXPOSED_NAMES } from './exposed-names';

const QUERIES = [...METRIC_QUERIES_BY_ID];
const ASKED = QUERIES.flatMap(([id, { asked = [] }]) => asked.map((one) => ({ id, ...one })));
const RIGHT = ASKED.filter(({ fault }) => fault === undefined);

/** Whatever is asked and answered: ours, and those of others that are right as they stand. */
const ANSWERED = [
  ...QUERIES.map(([id, { expression }]) => [id, expression] as const),
  ...RIGHT.map(({ id, system, expression }) => [`${id} of ${system}`, expression] as const),
];

const CLOSED: Readonly<Record<string, readonly string[]>> = LABEL_VALUES;

/** What a matcher names that no series could have. */
const impossibleValues = ({ matchers }: Selector): string[] =>
  matchers.flatMap(({ label, operator, value }) => {
    const allowed = CLOSED[label];
    if (allowed === undefined) return [];
    const known = operator.includes('~')
      ? allowed.some((one) => new RegExp(`^(?:${value})$`).test(one))
      : allowed.includes(value);
    return known ? [] : [`${label}="${value}"`];
  });

describe('every saved question to Prometheus', () => {
  it.each(ANSWERED)('asks for series and labels of the catalogue: %s', (_, expression) => {
    const { selectors, grouping } = readPromql(expression);

    const exposed = selectors.map(({ name }) => EXPOSED_NAMES.get(name));
    const labels = new Set(exposed.flatMap((one) => one?.labels ?? []));
    expect(exposed).not.toContain(undefined);
    expect(grouping.filter((label) => !labels.has(label))).toEqual([]);
    for (const { name, matchers } of selectors) {
      const own = EXPOSED_NAMES.get(name)?.labels ?? [];
      expect(matchers.map(({ label }) => label).filter((label) => !own.includes(label))).toEqual([]);
    }
    expect(selectors.flatMap(impossibleValues)).toEqual([]);
  });

  it.each(ANSWERED)('has windows of at least four samples at one a minute: %s', (_, expression) => {
    const { selectors } = readPromql(expression);

    const windows = selectors.flatMap(({ windowSeconds = [] }) => windowSeconds);
    expect(windows.filter((seconds) => seconds < 4 * 60)).toEqual([]);
  });

  it.each(ANSWERED)('takes rates of counters only: %s', (_, expression) => {
    const { selectors } = readPromql(expression);

    const ranged = selectors.filter(({ windowSeconds }) => windowSeconds !== undefined);
    expect(ranged.filter(({ name }) => EXPOSED_NAMES.get(name)?.kind === 'gauge')).toEqual([]);
  });

  it.each(ANSWERED.filter(([, expression]) => expression.includes('histogram_quantile')))(
    'sums buckets before it takes a quantile: %s',
    (_, expression) => {
      const { selectors, grouping, functions } = readPromql(expression);

      expect(selectors.map(({ name }) => name)).toEqual([expect.stringMatching(/_bucket$/)]);
      expect(functions.slice(-3)).toEqual(['histogram_quantile', 'sum', 'rate']);
      expect(grouping).toContain('le');
    },
  );

  it.each(QUERIES)('has an id of words, and tells what it answers: %s', (id, { title, answers }) => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(title).toMatch(/^\S.*[^.]$/);
    expect(answers).toMatch(/\.$/);
  });

  it('stands in one subject', () => {
    const ids = Object.values(METRIC_QUERY_SUBJECTS).flatMap((queries) => Object.keys(queries));

    expect(ids).toEqual(QUERIES.map(([id]) => id));
    expect(new Set(QUERIES.map(([, { title }]) => title)).size).toBe(QUERIES.length);
  });
});

describe('what other systems ask', () => {
  it.each(RIGHT.map((one) => [`${one.system}: ${one.expression}`, one] as const))(
    'is right over the names of that system: %s',
    (_, { system, expression }) => {
      const { selectors } = readPromql(expression);

      const systems = selectors.map(({ name }) => EXPOSED_NAMES.get(name)?.systems ?? []);
      expect(systems.filter((of) => !of.includes(system))).toEqual([]);
    },
  );

  it.each(ASKED.filter(({ fault }) => fault !== undefined).map((one) => [one.expression, one] as const))(
    'is refused for a reason, and is an expression all the same: %s',
    (expression, { fault }) => {
      const { selectors } = readPromql(expression);

      expect(selectors.filter(({ name }) => !EXPOSED_NAMES.has(name) && !METRICS_BY_NAME.has(name))).toEqual([]);
      expect(fault).toMatch(/\.$/);
    },
  );

  it('comes from every system', () => {
    const systems = new Set(ASKED.map(({ system }) => system));

    expect([...systems].sort()).toEqual(['AI Platform', 'ChoreoAI', 'FluxAI', 'Model Gateway', 'Proxy Agent Platform']);
  });
});
