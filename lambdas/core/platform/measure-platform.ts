import { SERVICE } from '../telemetry/label-values';
import { toMicroseconds } from '../telemetry/measure/observe';
import type { Measurement } from '../telemetry/metrics';
import { observeEvent } from './observe-event';
import { toPlatformLabel } from './platform-label';
import type { PlatformRecord } from './record';

/** The route that takes reports in. */
export const TELEMETRY_ROUTE = '/v1/telemetry';

/** What a platform record adds to the metrics: each event as often as it counts, what overflowed, and its own intake. */
export const measurePlatform = (record: PlatformRecord): Measurement[] => [
  ...record.events.flatMap((event) =>
    observeEvent(event, record.service).map((observation): Measurement => ({ ...observation, times: event.count })),
  ),
  ...record.overflow.map(
    ({ metric, label, count }): Measurement => ({
      name: 'telemetry_label_overflow_total',
      labels: { metric: toPlatformLabel('metric', metric), label: toPlatformLabel('label', label) },
      amount: 1,
      times: count,
    }),
  ),
  ...ofIntake(record),
];

const ofIntake = ({ intakeMs }: PlatformRecord): Measurement[] => {
  if (intakeMs === undefined) return [];
  const route = { method: 'POST', endpoint: TELEMETRY_ROUTE, service: SERVICE } as const;
  return [
    { name: 'http_requests_total', labels: { ...route, status: '202' }, amount: 1, times: 1 },
    { name: 'http_request_duration_seconds', labels: route, amount: toMicroseconds(intakeMs), times: 1 },
  ];
};
