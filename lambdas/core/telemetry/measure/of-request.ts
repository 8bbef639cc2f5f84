import type { RequestRecord } from '../../ledger/record';
import { REFUSAL_ERROR_TYPES } from '../error-types';
import { SERVICE } from '../label-values';
import type { Observation } from '../metrics';
import { type RequestLabels, toRequestLabels } from './labels';
import { toMicroseconds, when } from './observe';

/** What its caller saw of a request. Nobody saw the end of an abandoned one, so its times and its HTTP status are not known. */
export const ofRequest = (record: RequestRecord): Observation[] => {
  const labels = toRequestLabels(record);
  const { provider, model, region, endpoint } = labels;
  const { outcome: status, errorCode } = record;
  const target = { provider, model, region };
  const abandoned = status === 'abandoned';
  return [
    { name: 'gateway_requests_total', labels: { ...target, endpoint, status }, amount: 1 },
    ...(errorCode === undefined
      ? []
      : when(!abandoned, () => ({
          name: 'gateway_request_errors_total',
          labels: { ...target, error_type: REFUSAL_ERROR_TYPES[errorCode] },
          amount: 1,
        }))),
    ...when(record.streamed, () => ({
      name: 'gateway_streaming_requests_total',
      labels: { provider, model, status },
      amount: 1,
    })),
    ...when(status === 'rate_limited', () => ({
      name: 'gateway_rate_limit_hits_total',
      labels: { endpoint },
      amount: 1,
    })),
    ...when(errorCode === 'unpriced_model', () => ({
      name: 'gateway_unpriced_requests_total',
      labels: { provider, model },
      amount: 1,
    })),
    ...when(record.coldStart, () => ({ name: 'gateway_cold_starts_total', labels: { endpoint }, amount: 1 })),
    ...when(abandoned, () => ({ name: 'gateway_abandoned_requests_total', labels: { provider, model }, amount: 1 })),
    ...(abandoned ? [] : answerOf(record, labels)),
  ];
};

const answerOf = (record: RequestRecord, labels: RequestLabels): Observation[] => {
  const { provider, model, region, endpoint, method, httpStatus } = labels;
  const duration = toMicroseconds(record.durationMs);
  const http = { method, endpoint, service: SERVICE } as const;
  return [
    { name: 'gateway_request_duration_seconds', labels: { provider, model, region, endpoint }, amount: duration },
    {
      name: 'gateway_overhead_seconds',
      labels: { endpoint },
      amount: toMicroseconds(record.durationMs - record.providerMs),
    },
    { name: 'gateway_request_size_bytes', labels: { endpoint }, amount: record.requestBytes },
    { name: 'gateway_response_size_bytes', labels: { endpoint }, amount: record.responseBytes },
    { name: 'http_requests_total', labels: { ...http, status: httpStatus }, amount: 1 },
    { name: 'http_request_duration_seconds', labels: http, amount: duration },
    ...ofFlush(record),
  ];
};

/** A record can only tell of the telemetry of the request before it. */
const ofFlush = ({ previousFlushMs }: RequestRecord): Observation[] =>
  previousFlushMs === undefined
    ? []
    : [{ name: 'telemetry_flush_duration_seconds', labels: {}, amount: toMicroseconds(previousFlushMs) }];
