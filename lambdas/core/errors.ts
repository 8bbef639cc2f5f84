/**
 * Everything the gateway itself can answer besides success.
 * `type` is the OpenAI error type; `outcome` is the status under which the request is counted.
 */
export const REFUSALS = {
  invalid_request: { status: 400, type: 'invalid_request_error', outcome: 'invalid' },
  unsupported_parameter: { status: 400, type: 'invalid_request_error', outcome: 'invalid' },
  provider_rejected_request: { status: 400, type: 'invalid_request_error', outcome: 'invalid' },
  too_many_series: { status: 400, type: 'invalid_request_error', outcome: 'invalid' },
  invalid_key: { status: 401, type: 'authentication_error', outcome: 'invalid' },
  budget_exhausted: { status: 402, type: 'insufficient_quota', outcome: 'over_budget' },
  missing_scope: { status: 403, type: 'permission_error', outcome: 'invalid' },
  model_not_allowed: { status: 403, type: 'permission_error', outcome: 'invalid' },
  unknown_model: { status: 404, type: 'invalid_request_error', outcome: 'invalid' },
  unknown_route: { status: 404, type: 'invalid_request_error', outcome: 'invalid' },
  unknown_request: { status: 404, type: 'invalid_request_error', outcome: 'invalid' },
  unknown_account: { status: 404, type: 'invalid_request_error', outcome: 'invalid' },
  method_not_allowed: { status: 405, type: 'invalid_request_error', outcome: 'invalid' },
  request_too_large: { status: 413, type: 'invalid_request_error', outcome: 'invalid' },
  unsupported_media_type: { status: 415, type: 'invalid_request_error', outcome: 'invalid' },
  unpriced_model: { status: 400, type: 'invalid_request_error', outcome: 'invalid' },
  budget_too_small: { status: 402, type: 'insufficient_quota', outcome: 'over_budget' },
  requests_per_minute: { status: 429, type: 'rate_limit_error', outcome: 'rate_limited' },
  tokens_per_minute: { status: 429, type: 'rate_limit_error', outcome: 'rate_limited' },
  budget_held: { status: 429, type: 'rate_limit_error', outcome: 'rate_limited' },
  too_many_in_flight: { status: 429, type: 'rate_limit_error', outcome: 'rate_limited' },
  provider_throttled: { status: 429, type: 'rate_limit_error', outcome: 'error' },
  internal_error: { status: 500, type: 'server_error', outcome: 'error' },
  no_provider_answered: { status: 503, type: 'server_error', outcome: 'error' },
  store_unavailable: { status: 503, type: 'server_error', outcome: 'error' },
  provider_timeout: { status: 504, type: 'server_error', outcome: 'error' },
  provider_stream_cut: { status: 502, type: 'server_error', outcome: 'error' },
} as const satisfies Record<string, { status: number; type: string; outcome: string }>;

export type RefusalCode = keyof typeof REFUSALS;

/** An answer to the caller that is not a success. `message` reaches the caller: it says what to do and holds no upstream text. */
export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly code: RefusalCode;
  /** The request field at fault, in the caller's dialect. */
  readonly param: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: RefusalCode,
    message: string,
    options: { param?: string; retryAfterSeconds?: number; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.code = code;
    this.param = options.param;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}

export type ProviderErrorKind =
  | 'throttled'
  | 'unavailable'
  | 'timeout'
  | 'cut'
  | 'malformed'
  | 'rejected'
  | 'denied'
  | 'not_found';

/** A provider said no, or stopped saying anything. For `dispatch`; its message never reaches the caller. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly kind: ProviderErrorKind;
  /** The same target may answer if asked again. */
  readonly retryable: boolean;
  /** Another target may answer. */
  readonly fallback: boolean;
  /** The provider may have charged for this attempt: its hold is charged before anything else is tried. */
  readonly maybeBilled: boolean;

  constructor(
    kind: ProviderErrorKind,
    message: string,
    options: { retryable: boolean; fallback: boolean; maybeBilled: boolean; cause?: unknown },
  ) {
    super(message, { cause: options.cause });
    this.kind = kind;
    this.retryable = options.retryable;
    this.fallback = options.fallback;
    this.maybeBilled = options.maybeBilled;
  }
}
