import { GatewayError, type ProviderError, type ProviderErrorKind, type RefusalCode } from '../core/errors';

type Told = { code: RefusalCode; message: string; retryAfterSeconds?: number };

/** What the caller is told when a provider's failure is final. Upstream text is never part of it. */
const TOLD: Record<ProviderErrorKind, Told> = {
  throttled: {
    code: 'provider_throttled',
    message: 'The model provider is limiting requests at the moment. Try again in a few seconds.',
    retryAfterSeconds: 5,
  },
  rejected: {
    code: 'provider_rejected_request',
    message:
      'The model provider rejected this request as invalid for the model. Check its messages, tools and parameters against what the model supports.',
  },
  timeout: {
    code: 'provider_timeout',
    message: 'The model did not answer in time. Try again, or ask for a shorter answer.',
  },
  unavailable: {
    code: 'no_provider_answered',
    message: 'The model is not available at the moment. Try again shortly.',
    retryAfterSeconds: 5,
  },
  cut: {
    code: 'no_provider_answered',
    message: 'The connection to the model broke before it answered. Try again.',
    retryAfterSeconds: 1,
  },
  malformed: {
    code: 'no_provider_answered',
    message: 'The model gave an answer that could not be read. Try again.',
    retryAfterSeconds: 1,
  },
  denied: {
    code: 'no_provider_answered',
    message: 'The gateway is not allowed to use this model. Its operator has to enable it.',
  },
  not_found: {
    code: 'no_provider_answered',
    message: 'The provider does not offer this model in this Region. Its operator has to enable it.',
  },
};

/** The last failure decides what is said; several targets that failed differently are one "nobody answered". */
export const toCallerError = (failures: readonly ProviderError[], targets: number): GatewayError => {
  const last = failures.at(-1);
  const alike = failures.every(({ kind }) => kind === last?.kind);
  if (last !== undefined && alike) {
    const { code, message, retryAfterSeconds } = TOLD[last.kind];
    return new GatewayError(code, message, {
      cause: last,
      ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    });
  }
  return new GatewayError(
    'no_provider_answered',
    `None of the ${targets} targets of this model answered. Try again shortly.`,
    {
      retryAfterSeconds: 5,
      cause: new AggregateError(failures),
    },
  );
};

/** The answer had begun: what came is with the caller, and the rest will not come. */
export const toStreamError = (cause: ProviderError): GatewayError =>
  new GatewayError(
    'provider_stream_cut',
    'The model stopped in the middle of its answer, which is therefore incomplete. Try again.',
    { cause },
  );
