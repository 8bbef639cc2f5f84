import type { RequestRecord } from '../ledger/record';
import { toLabelValue } from '../telemetry/label-values';
import type { GaugeReading } from './readings';

/** What a request showed of gauges: how much of a limit its caller had used, and how full the connection pools were. */
export const requestReadings = (record: RequestRecord): GaugeReading[] => {
  const at = record.startedAt + record.durationMs;
  const { limitUsed, poolUsed = {} } = record;
  return [
    ...(limitUsed === undefined
      ? []
      : [
          peak(
            'gateway_rate_limit_usage_ratio',
            { endpoint: toLabelValue('endpoint', record.endpoint) },
            limitUsed,
            at,
          ),
        ]),
    ...Object.entries(poolUsed).map(([pool, used]) =>
      peak('gateway_connection_pool_usage_ratio', { pool: toLabelValue('pool', pool) }, used, at),
    ),
  ];
};

const peak = (metric: string, labels: Record<string, string>, value: number, at: number): GaugeReading => ({
  metric,
  labels,
  value,
  at,
  peak: true,
});
