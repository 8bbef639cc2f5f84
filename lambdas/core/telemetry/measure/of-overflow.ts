import type { RequestRecord } from '../../ledger/record';
import { isLabelValue, type LabelName, toLabelValue } from '../label-values';
import type { MetricName, Observation } from '../metrics';

/** The word for a model that a client named and the catalogue lacks. */
const UNKNOWN = 'unknown';

/** Values that a label of a request does not have: an older or newer version knew them. A client's text is not among them. */
export const ofOverflow = (record: RequestRecord): Observation[] => [
  ...overflow('gateway_requests_total', 'provider', record.provider),
  ...overflow('gateway_requests_total', 'model', record.model),
  ...overflow('gateway_requests_total', 'region', record.region),
  ...overflow('gateway_requests_total', 'endpoint', record.endpoint),
  ...(record.outcome === 'abandoned' ? [] : overflow('http_requests_total', 'status', String(record.httpStatus))),
];

const overflow = (metric: MetricName, label: LabelName, value: string): Observation[] =>
  value === UNKNOWN || isLabelValue(label, value) ? [] : [toOverflow(metric, label)];

/** One observation that was counted under `other`. */
export const toOverflow = (metric: MetricName, label: LabelName): Observation => ({
  name: 'telemetry_label_overflow_total',
  labels: { metric: toLabelValue('metric', metric), label: toLabelValue('label', label) },
  amount: 1,
});
