import { readPoints } from './points';
import type { Sight } from './sight';

/** What a server takes in shortly before a rule is evaluated may not be seen by it yet. */
const QUIET_SECONDS = 0.9;

/** The last time at which a rule was evaluated after the load, with no sample just before it. */
export const evaluationOf = async ({ server, points, book, name }: Sight, record: string): Promise<number> => {
  const now = Math.ceil(Date.now() / 1_000);
  const recorded = await readPoints(server, [record], { endsAt: now, seconds: 60 });
  const evaluations = [...new Set(recorded.flatMap(({ times }) => times))].sort((left, right) => right - left);
  const samples = points.find((series) => series.name === 'gateway_requests_total')?.times ?? [];
  const last = samples.at(-1) ?? 0;
  const isGood = (at: number): boolean =>
    name === 'written'
      ? at >= sinceOf(points)
      : at <= last && book.isKnown(at) && !samples.some((time) => time <= at && time > at - QUIET_SECONDS);
  const found = evaluations.find(isGood);
  if (found === undefined) throw new Error(`The rule ${record} was not evaluated at a time that can be judged.`);
  return found;
};

const sinceOf = (points: Sight['points']): number => Math.max(...points.flatMap(({ times }) => times.at(-1) ?? 0));
