import { METRIC_QUERIES_BY_ID } from '../../../dashboards/metric-queries';
import { differences } from './answer';
import { ask } from './check-queries';
import type { Sight } from './sight';

/** A query of another system that is said to be wrong, and whether it shows here. */
export type Faulty = { what: string; expression: string; shows: boolean };

/** Asks every query that is said to be wrong, and compares its answer with that of the right one. */
export const compareFaulty = async (sights: readonly Sight[]): Promise<Faulty[]> => {
  const found: Faulty[] = [];
  for (const [id, { expression: right, asked = [] }] of METRIC_QUERIES_BY_ID) {
    for (const { system, expression, fault } of asked) {
      if (fault === undefined) continue;
      const shown = await Promise.all(sights.map((sight) => differs(sight, right, expression)));
      found.push({ what: `${id}, ${system}`, expression, shows: shown.includes(true) });
    }
  }
  return found;
};

/** A query that Prometheus refuses, for one side matches many, gives no answer at all. */
const differs = async (sight: Sight, right: string, expression: string): Promise<boolean> => {
  const expected = await ask(sight, right, sight.settledAt);
  const got = await ask(sight, expression, sight.settledAt).catch(() => []);
  return differences(expected, got).length > 0;
};
