import { readPoints } from './points';
import type { Sight } from './sight';

/** A time at which a rule was evaluated after the load; that of the last one when it recorded nothing. */
export const evaluationOf = async ({ server, rulesRan: { from, to } }: Sight, record: string): Promise<number> => {
  const recorded = await readPoints(server, [record], { endsAt: to, seconds: Math.ceil(to - from) });
  const evaluations = recorded.flatMap(({ times }) => times).filter((time) => time >= from);
  return evaluations.length === 0 ? to : Math.max(...evaluations);
};
