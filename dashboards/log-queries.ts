import { CACHE_QUERIES } from './log-queries/cache';
import { COST_QUERIES } from './log-queries/cost';
import { ERROR_QUERIES } from './log-queries/errors';
import { FIND_QUERIES } from './log-queries/find';
import { FUNCTION_QUERIES } from './log-queries/functions';
import { LIMIT_QUERIES } from './log-queries/limits';
import { REQUEST_QUERIES } from './log-queries/requests';
import type { LogQuery } from './log-query';

/** Every saved query over the logs: deployed as query definitions, shown in docs/queries.md, run by the tests. */
export const LOG_QUERIES = [
  ...REQUEST_QUERIES,
  ...ERROR_QUERIES,
  ...COST_QUERIES,
  ...CACHE_QUERIES,
  ...LIMIT_QUERIES,
  ...FIND_QUERIES,
  ...FUNCTION_QUERIES,
] as const satisfies readonly LogQuery[];

export type LogQueryTitle = (typeof LOG_QUERIES)[number]['title'];
