import { PROVIDER_ERROR_TYPES } from '../core/telemetry/error-types';
import type { Log } from '../core/telemetry/ports';
import type { DispatchDeps } from './dispatch';
import { toLogContext } from './log-context';

/** What is logged while providers are asked. */
export const createAttemptEvents = (log: Log): Pick<DispatchDeps, 'onAttempt' | 'onFailedAttempt' | 'onFallback'> => ({
  onAttempt: (receipt, { provider, model, region }) =>
    log.event('provider_request', toLogContext(receipt), {
      provider,
      model,
      region,
      attempt: receipt.attempts.length + 1,
      max_tokens: receipt.taken?.outputTokens,
    }),
  onFailedAttempt: (receipt, { provider, model, region }, error) => {
    const context = toLogContext(receipt);
    const reason = error.kind;
    // Bedrock does not say how many requests it still takes: that it takes none is the first that is heard of its limit.
    if (reason === 'throttled')
      log.event('provider_rate_limit_approaching', context, { provider, model, region, remaining_requests: 0 });
    log.event(
      'provider_request_failed',
      context,
      {
        provider,
        model,
        region,
        attempt: receipt.attempts.length,
        reason,
        error_type: PROVIDER_ERROR_TYPES[reason],
        duration_ms: receipt.attempts.at(-1)?.durationMs,
      },
      error,
    );
  },
  onFallback: (receipt, from, to, { kind }) =>
    log.event('provider_failed_fallback', toLogContext(receipt), { from: from.model, to: to.model, reason: kind }),
});
