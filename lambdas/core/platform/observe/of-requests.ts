import { STATUS_CODES } from 'node:http';
import { OTHER } from '../../telemetry/label-values';
import { when } from '../../telemetry/measure/observe';
import { toAmount } from '../../telemetry/metric';
import type { Observation } from '../../telemetry/metrics';
import type { EventOf } from '../event';
import { toPlatformLabel } from '../platform-label';
import { toTarget } from '../target-labels';

export const ofHttpRequest = (event: EventOf<'http_request'>, by: string): Observation[] => {
  const route = {
    method: toPlatformLabel('method', event.method),
    endpoint: toPlatformLabel('endpoint', event.endpoint),
    service: toPlatformLabel('service', by),
  };
  const status = toPlatformLabel('status', STATUS_CODES[event.status] === undefined ? OTHER : String(event.status));
  const amount = toAmount('seconds', event.durationSeconds);
  return [
    { name: 'http_requests_total', labels: { ...route, status }, amount: 1 },
    { name: 'http_request_duration_seconds', labels: route, amount },
  ];
};

export const ofProviderCall = (event: EventOf<'provider_call'>): Observation[] => {
  const target = toTarget(event);
  const attempt = event.attempt < 3 ? (`${event.attempt}` as const) : '3+';
  return [
    { name: 'gateway_provider_requests_total', labels: { ...target, status: event.status }, amount: 1 },
    {
      name: 'gateway_provider_duration_seconds',
      labels: { ...target, attempt: toPlatformLabel('attempt', attempt) },
      amount: toAmount('seconds', event.durationSeconds),
    },
    ...when(event.status !== 'success', () => ({
      name: 'gateway_provider_errors_total',
      labels: { ...target, error_type: event.errorType ?? errorTypeOf(event.status, 'provider') },
      amount: 1,
    })),
  ];
};

export const ofRequestError = (event: EventOf<'request_error'>): Observation[] => [
  { name: 'gateway_request_errors_total', labels: { ...toTarget(event), error_type: event.errorType }, amount: 1 },
];

/** The error type of a failure that was reported without one. */
export const errorTypeOf = (status: 'success' | 'error' | 'rate_limited' | 'timeout', of: 'gateway' | 'provider') => {
  if (status === 'timeout') return 'provider_timeout';
  if (status === 'rate_limited') return of === 'provider' ? 'provider_throttled' : 'rate_limited';
  return of === 'provider' ? 'provider_error' : 'internal';
};
