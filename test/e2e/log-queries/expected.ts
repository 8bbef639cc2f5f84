import type { LogQueryTitle } from '../../../dashboards/log-queries';
import { OF_CACHE } from './expected/cache';
import { OF_COST } from './expected/cost';
import { OF_ERRORS } from './expected/errors';
import type { Compared, Facts, Rows } from './expected/facts';
import { OF_FIND } from './expected/find';
import { OF_FUNCTIONS } from './expected/functions';
import { OF_LIMITS } from './expected/limits';
import { OF_REQUESTS } from './expected/requests';

/** What each query must find. */
export const EXPECTED: Readonly<Record<LogQueryTitle, (rows: Rows, facts: Facts) => Compared>> = {
  ...OF_REQUESTS,
  ...OF_ERRORS,
  ...OF_COST,
  ...OF_CACHE,
  ...OF_LIMITS,
  ...OF_FIND,
  ...OF_FUNCTIONS,
};
