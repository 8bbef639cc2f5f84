import type { RecordingRule } from './recording-rule';
import { DERIVED_GAUGE_RULES, HOURLY_CACHE_RULE } from './recording-rules/derived-gauges';
import { PERCENTILE_RULES } from './recording-rules/percentiles';
import { RATE_RULES } from './recording-rules/rates';

export type { RecordingRule };

/** The recording rules of a Managed Prometheus workspace. */
export const RECORDING_RULES: readonly RecordingRule[] = [
  ...RATE_RULES,
  HOURLY_CACHE_RULE,
  ...DERIVED_GAUGE_RULES,
  ...PERCENTILE_RULES,
];
