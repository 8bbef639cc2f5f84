import { EXAMPLE_LINES } from '../../bin/docs/log-queries/example-lines';
import { EXAMPLE_VALUES } from '../../bin/docs/log-queries/example-values';
import { LOG_QUERIES } from '../../dashboards/log-queries';
import type { LogQuery } from '../../dashboards/log-query';
import { LOG_EVENTS } from '../../lambdas/core/telemetry/log-events';
import { LOG_FIELDS } from '../../lambdas/core/telemetry/log-schema';
import { parseQuery } from '../support/insights/parse-query';
import type { Expression } from '../support/insights/query';
import { runQuery } from '../support/insights/run-query';
import { usedFields } from '../support/insights/used-fields';

const queries: readonly LogQuery[] = LOG_QUERIES;

/** What Logs Insights and Lambda add to a line. */
const OF_THE_PLATFORM = /^(@timestamp|@message|@log|type|record\.(status|metrics\.\w+))$/;

const fill = ({ text, parameters = [] }: LogQuery): string =>
  parameters.reduce(
    (left, { name }) => left.replaceAll(`{{${name}}}`, EXAMPLE_VALUES[name] ?? `no example of ${name}`),
    text,
  );

/** Texts that the field `event` is compared with. */
const eventsIn = (expression: Expression): string[] => {
  if (expression.kind === 'not') return eventsIn(expression.operand);
  if (expression.kind === 'in' && isEvent(expression.operand)) return expression.values.flatMap(textsOf);
  if (expression.kind !== 'binary') return [];
  const { left, right } = expression;
  return isEvent(left) ? textsOf(right) : [...eventsIn(left), ...eventsIn(right)];
};
const isEvent = (expression: Expression): boolean => expression.kind === 'field' && expression.name === 'event';
const textsOf = (expression: Expression): string[] => (expression.kind === 'literal' ? [String(expression.value)] : []);

describe.each(queries)('$folder/$title', (query) => {
  it('reads fields of the schema and of the platform only', () => {
    const unknown = usedFields(fill(query)).filter((name) => !OF_THE_PLATFORM.test(name) && !(name in LOG_FIELDS));

    expect(unknown).toEqual([]);
  });

  it('asks for events that there are', () => {
    const named = parseQuery(fill(query)).flatMap((command) =>
      command.kind === 'filter' ? eventsIn(command.condition) : [],
    );

    expect(named.filter((name) => !(name in LOG_EVENTS))).toEqual([]);
  });

  it('says in which order it answers, and of rows that are lines how many', () => {
    const kinds = parseQuery(fill(query)).map(({ kind }) => kind);

    expect(kinds).toContain('sort');
    expect(kinds).toContain(kinds.includes('stats') ? 'stats' : 'limit');
  });

  it('has an answer to show', () => {
    expect(runQuery(fill(query), EXAMPLE_LINES).length).toBeGreaterThan(0);
  });

  it('keeps to what a query definition may have', () => {
    const { folder, title, text, parameters = [] } = query;

    expect(`Fluxgate-prod/${folder}/${title}`.length).toBeLessThanOrEqual(255);
    expect(text.length).toBeLessThanOrEqual(10_000);
    expect(parameters.filter(({ name, description }) => !/^[a-z_]+$/.test(name) || description.length > 512)).toEqual(
      [],
    );
  });
});

it('no two queries have one title', () => {
  const titles = queries.map(({ title }) => title);

  expect(new Set(titles).size).toBe(titles.length);
});
