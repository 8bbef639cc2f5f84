import { METRIC_QUERIES_BY_ID } from '../../../dashboards/metric-queries';
import { RECORDED_GAUGES } from '../../../lambdas/core/telemetry/recorded-gauges';
import { EXPOSED_NAMES } from '../../dashboards/exposed-names';
import { readPromql } from '../../support/promql';
import type { Answer } from './answer';
import { evaluationOf } from './evaluation';
import type { Expectation } from './expectation';
import { EXPECTATIONS } from './expectations/all';
import { ownLabels } from './points';
import type { Sight } from './sight';
import { judge, type Verdict } from './verdict';

type Asked = { id: string; what: string; expression: string; expectation: Expectation };

/** Every query of ours, and every one of others that is right as it stands. */
const everythingAsked = (): Asked[] =>
  [...METRIC_QUERIES_BY_ID].flatMap(([id, { expression, asked = [] }]) => {
    const expected = EXPECTATIONS.get(id);
    if (expected === undefined) return [];
    return [
      { id, what: id, expression, expectation: expected.ours },
      ...asked
        .filter(({ fault }) => fault === undefined)
        .map((one) => ({
          id,
          what: `${id}, ${one.system}`,
          expression: one.expression,
          expectation: expected.asked?.[one.system] ?? missing(id, one.system),
        })),
    ];
  });

const missing = (id: string, system: string): never => {
  throw new Error(`Nothing says what ${system} has to get for ${id}.`);
};

/** Gauges that are shown have six decimals. */
const SHOWN_TOLERANCE = 2e-6;

const recordedName = (expression: string): string | undefined => {
  const recorded: readonly (string | undefined)[] = RECORDED_GAUGES;
  return readPromql(expression)
    .selectors.map(({ name }) => name)
    .find((name) => recorded.includes(EXPOSED_NAMES.get(name)?.metric));
};

export const ask = async ({ server }: Pick<Sight, 'server'>, expression: string, at: number): Promise<Answer> =>
  (await server.query(expression, at)).map(({ labels, value }) => ({ labels: ownLabels(labels), values: [value] }));

/** Questions about the moment when most is under way. */
const BUSY = new Set(['active-requests', 'connection-spike']);

const askOne = async (
  sight: Sight,
  observed: { underWay: number },
  { id, what, expression, expectation }: Asked,
): Promise<Verdict> => {
  const gauge = recordedName(expression);
  const isBusy = BUSY.has(id);
  const at = await timeOf(sight, isBusy, gauge);
  const expected = expectation(sight.knownAt(at, isBusy ? observed.underWay : 0));
  const got = await ask(sight, expression, at);
  return judge({ kind: 'question', what, where: sight.name }, expected, got, gauge === undefined ? 0 : SHOWN_TOLERANCE);
};

/** A gauge that a rule records is as of its evaluation; everything else as of the end of the load. */
const timeOf = async (sight: Sight, isBusy: boolean, gauge: string | undefined): Promise<number> => {
  if (isBusy) return sight.busyAt;
  return gauge !== undefined && sight.name === 'written' ? evaluationOf(sight, gauge) : sight.settledAt;
};

/** Asks everything, one after the other. */
export const checkQueries = async (sight: Sight, observed: { underWay: number }): Promise<Verdict[]> => {
  const verdicts: Verdict[] = [];
  for (const asked of everythingAsked()) verdicts.push(await askOne(sight, observed, asked));
  return verdicts;
};
