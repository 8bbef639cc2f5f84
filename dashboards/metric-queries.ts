import { CACHE_QUERIES } from './metric-queries/cache';
import { HTTP_QUERIES } from './metric-queries/http';
import { LATENCY_QUERIES } from './metric-queries/latency';
import { LOAD_QUERIES } from './metric-queries/load';
import { MODEL_QUERIES } from './metric-queries/models';
import { MONEY_QUERIES } from './metric-queries/money';
import { PLATFORM_QUERIES } from './metric-queries/platform';
import { REQUEST_QUERIES } from './metric-queries/requests';
import type { MetricQuery, MetricQueryTable } from './metric-query';

/** The saved questions to Prometheus by subject, in the order in which they are read. */
export const METRIC_QUERY_SUBJECTS = {
  Requests: REQUEST_QUERIES,
  Latency: LATENCY_QUERIES,
  'Tokens and money': MONEY_QUERIES,
  Cache: CACHE_QUERIES,
  'Models, providers and routing': MODEL_QUERIES,
  'Load and limits': LOAD_QUERIES,
  HTTP: HTTP_QUERIES,
  'Services around the gateway': PLATFORM_QUERIES,
} as const satisfies Record<string, MetricQueryTable>;

/** All of them by id. */
export const METRIC_QUERIES = {
  ...REQUEST_QUERIES,
  ...LATENCY_QUERIES,
  ...MONEY_QUERIES,
  ...CACHE_QUERIES,
  ...MODEL_QUERIES,
  ...LOAD_QUERIES,
  ...HTTP_QUERIES,
  ...PLATFORM_QUERIES,
};

export type MetricQueryId = keyof typeof METRIC_QUERIES;

/** The same, for those who read every query alike. */
export const METRIC_QUERIES_BY_ID: ReadonlyMap<string, MetricQuery> = new Map<string, MetricQuery>(
  Object.entries(METRIC_QUERIES),
);
