import { readPoints } from './points';
import type { Sight } from './sight';

/** A scrape is dated when it begins and can be read when it is over: a rule that ran in between saw less than is there now. */
const SCRAPE_SECONDS = 1.2;

/** A time at which a rule was evaluated after the load, no scrape being under way; that of the last one when it recorded nothing. */
export const evaluationOf = async ({ server, rulesRan: { from, to } }: Sight, record: string): Promise<number> => {
  const span = { endsAt: to, seconds: Math.ceil(to - from) };
  const [recorded, scrapes] = await Promise.all([
    readPoints(server, [record], span),
    readPoints(server, ['up'], { endsAt: to, seconds: span.seconds + 10 }),
  ]);
  const began = scrapes.flatMap(({ times }) => times);
  const isDuringScrape = (time: number) => began.some((at) => at <= time && time - at < SCRAPE_SECONDS);
  const evaluations = recorded.flatMap(({ times }) => times).filter((time) => time >= from);
  const undisturbed = evaluations.filter((time) => !isDuringScrape(time));
  return Math.max(...(undisturbed.length > 0 ? undisturbed : evaluations.length > 0 ? evaluations : [to]));
};
