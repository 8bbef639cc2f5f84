import { GatewayError, ProviderError } from '../../../../lambdas/core/errors';
import { isKept } from '../../../../lambdas/core/telemetry/otel/is-kept';
import { createStep, type Step } from '../../../../lambdas/core/telemetry/step';

const SLOW_MS = 30_000;

/** A finished tree of a root and one step that may have failed. */
const aTree = ({ durationMs = 800, failure }: { durationMs?: number; failure?: Error }): Step => {
  const below = createStep('provider_attempt_1', 0);
  const root = createStep('chat_completion', 0);
  return {
    ...root,
    endedAt: durationMs,
    steps: [{ ...below, endedAt: durationMs, errors: failure === undefined ? [] : [failure] }],
  };
};

const unavailable = new ProviderError('unavailable', 'Down.', { retryable: true, fallback: true, maybeBilled: false });

describe('a finished tree', () => {
  it.each([
    ['was sampled', { sampled: true }, {}, true],
    ['was not sampled, and went well', { sampled: false }, {}, false],
    ['was not sampled, and took as long as is not yet slow', { sampled: false }, { durationMs: SLOW_MS }, false],
    ['was not sampled, and took longer', { sampled: false }, { durationMs: SLOW_MS + 1 }, true],
    ['was not sampled, and a provider failed in it', { sampled: false }, { failure: unavailable }, true],
    ['was not sampled, and the gateway failed', { sampled: false }, { failure: new TypeError('bug') }, true],
    [
      'was not sampled, and the caller was refused',
      { sampled: false },
      { failure: new GatewayError('requests_per_minute', 'Later.') },
      false,
    ],
    [
      'was not sampled, and the caller was wrong',
      { sampled: false },
      { failure: new GatewayError('invalid_request', 'No messages.') },
      false,
    ],
  ])('that %s is kept or not', (_, { sampled }, tree, kept) => {
    expect(isKept(aTree(tree), { sampled, slowMs: SLOW_MS })).toBe(kept);
  });
});
