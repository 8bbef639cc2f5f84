import type { Metric } from '../../lambdas/core/telemetry/metric';
import { METRICS_BY_NAME } from '../../lambdas/core/telemetry/metrics';
import type { RecordingRule } from '../recording-rule';

const PERCENTILES = [50, 90, 95, 99] as const;

/** Latencies that are asked for by a label too, and the label. */
const ALSO_BY: Readonly<Record<string, string>> = {
  gateway_request_duration_seconds: 'model',
  gateway_provider_duration_seconds: 'model',
  gateway_time_to_first_token_seconds: 'model',
  http_request_duration_seconds: 'service',
  inference_duration_seconds: 'model',
  mcp_operation_duration_seconds: 'server',
  memory_operation_duration_seconds: 'operation',
};

const isLatency = ([, metric]: readonly [string, Metric]): boolean =>
  metric.kind === 'histogram' && metric.unit === 'seconds';

/** A comparison that NaN fails: without observations there is no percentile, and nothing is recorded. */
const percentileOf = (name: string, percentile: number, by: readonly string[]): string =>
  `histogram_quantile(${percentile / 100}, sum by (${['le', ...by].join(', ')}) (rate(${name}_bucket[5m]))) >= 0`;

const rulesOf = ([name]: readonly [string, Metric]): RecordingRule[] => {
  const label = ALSO_BY[name];
  const over = PERCENTILES.map((percentile) => ({
    group: `percentiles:${name}`,
    record: `${name}:p${percentile}_5m`,
    expr: percentileOf(name, percentile, []),
    help: `p${percentile} of ${name} over 5 minutes, in seconds.`,
  }));
  if (label === undefined) return over;
  const by = PERCENTILES.map((percentile) => ({
    group: `percentiles:${name}`,
    record: `${label}:${name}:p${percentile}_5m`,
    expr: percentileOf(name, percentile, [label]),
    help: `p${percentile} of ${name} over 5 minutes by ${label}, in seconds.`,
  }));
  return [...over, ...by];
};

/** p50, p90, p95 and p99 of every latency of the catalogue. */
export const PERCENTILE_RULES: readonly RecordingRule[] = [...METRICS_BY_NAME].filter(isLatency).flatMap(rulesOf);
