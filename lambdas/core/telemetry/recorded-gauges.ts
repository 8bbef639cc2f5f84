import type { SeriesByMetric } from '../counters/series';
import type { DerivedName } from './metrics';

/**
 * Gauges that a Managed Prometheus workspace works out from counters by recording rules. `GET /metrics` shows them itself;
 * written as well, every one of these series would have two writers.
 */
export const RECORDED_GAUGES = [
  'cache_hit_ratio',
  'gateway_model_availability',
  'gateway_model_error_ratio',
] as const satisfies readonly DerivedName[];

const RECORDED: ReadonlySet<string> = new Set(RECORDED_GAUGES);

/** What is left to be written. */
export const withoutRecordedGauges = (series: SeriesByMetric): SeriesByMetric =>
  new Map([...series].filter(([name]) => !RECORDED.has(name)));
