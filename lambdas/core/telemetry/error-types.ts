import type { ProviderErrorKind, RefusalCode } from '../errors';

/** The values of the `error_type` label: a closed set, unlike the names of exceptions. */
export const ERROR_TYPES = [
  'validation',
  'auth',
  'rate_limited',
  'provider_throttled',
  'provider_error',
  'provider_timeout',
  'content_filtered',
  'cache',
  'budget',
  'internal',
] as const;

export type ErrorType = (typeof ERROR_TYPES)[number];

export const REFUSAL_ERROR_TYPES: Readonly<Record<RefusalCode, ErrorType>> = {
  invalid_request: 'validation',
  unsupported_parameter: 'validation',
  provider_rejected_request: 'validation',
  too_many_series: 'validation',
  invalid_key: 'auth',
  budget_exhausted: 'budget',
  missing_scope: 'auth',
  model_not_allowed: 'auth',
  unknown_model: 'validation',
  unknown_route: 'validation',
  unknown_request: 'validation',
  unknown_account: 'validation',
  method_not_allowed: 'validation',
  request_too_large: 'validation',
  unsupported_media_type: 'validation',
  unpriced_model: 'validation',
  budget_too_small: 'budget',
  requests_per_minute: 'rate_limited',
  tokens_per_minute: 'rate_limited',
  budget_held: 'rate_limited',
  too_many_in_flight: 'rate_limited',
  provider_throttled: 'provider_throttled',
  internal_error: 'internal',
  no_provider_answered: 'provider_error',
  store_unavailable: 'internal',
  provider_timeout: 'provider_timeout',
  provider_stream_cut: 'provider_error',
};

export const PROVIDER_ERROR_TYPES: Readonly<Record<ProviderErrorKind, ErrorType>> = {
  throttled: 'provider_throttled',
  unavailable: 'provider_error',
  timeout: 'provider_timeout',
  cut: 'provider_error',
  malformed: 'provider_error',
  rejected: 'validation',
  denied: 'provider_error',
  not_found: 'provider_error',
};
