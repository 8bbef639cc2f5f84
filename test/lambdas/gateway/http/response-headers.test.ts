import { GatewayError } from '../../../../lambdas/core/errors';
import { toAnswerHeaders, toErrorHeaders } from '../../../../lambdas/gateway/http/response-headers';
import { someFacts } from './answer-facts';

describe('toAnswerHeaders', () => {
  it('tells how an answer came about', () => {
    const headers = toAnswerHeaders(
      someFacts({
        attempts: 2,
        clampedToTokens: 300,
        requestLimit: { limit: 60, remaining: 59, resetSeconds: 0.2 },
        tokenLimit: { limit: 1_000, remaining: -5, resetSeconds: 360 },
      }),
    );

    expect(headers).toEqual({
      'x-request-id': 'client-1',
      'x-fluxgate-request-id': 'request-1',
      'x-correlation-id': 'correlation-1',
      'x-session-id': 'session-1',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-fluxgate-provider': 'bedrock',
      'x-fluxgate-model': 'claude-sonnet',
      'x-fluxgate-cache': 'miss',
      'x-fluxgate-attempts': '2',
      'x-fluxgate-cost-usd': '0.01245',
      'x-fluxgate-clamped-tokens': '300',
      'x-ratelimit-limit-requests': '60',
      'x-ratelimit-remaining-requests': '59',
      'x-ratelimit-reset-requests': '1s',
      'x-ratelimit-limit-tokens': '1000',
      'x-ratelimit-remaining-tokens': '0',
      'x-ratelimit-reset-tokens': '6m0s',
    });
  });

  it('tells of a hit what it cost and saved', () => {
    const headers = toAnswerHeaders(someFacts({ cache: 'hit', costNanoUsd: 0, savedNanoUsd: 5_000 }));

    expect(headers).toMatchObject({
      'x-fluxgate-cache': 'hit',
      'x-fluxgate-cost-usd': '0',
      'x-fluxgate-saved-usd': '0.000005',
    });
  });

  it('leaves out what is not known', () => {
    const headers = toAnswerHeaders(someFacts({ provider: undefined, costNanoUsd: undefined }));

    expect(Object.keys(headers).filter((name) => /cost|provider|model|ratelimit|clamped|saved/.test(name))).toEqual([]);
  });

  it('never puts the name of a model that a client made up into a header', () => {
    const headers = toAnswerHeaders(someFacts({ provider: undefined, model: 'x\r\nset-cookie: a=b' }));

    expect(Object.values(headers).join()).not.toContain('set-cookie');
  });
});

describe('toErrorHeaders', () => {
  it.each([
    [0, '1'],
    [0.4, '1'],
    [12.2, '13'],
    [60, '60'],
  ])('asks to wait whole seconds: %d gives %s', (retryAfterSeconds, seconds) => {
    const error = new GatewayError('requests_per_minute', 'Wait.', { retryAfterSeconds });

    expect(toErrorHeaders(error)).toEqual({ 'retry-after': seconds });
  });

  it('asks nothing when there is nothing to wait for', () => {
    expect(toErrorHeaders(new GatewayError('invalid_key', 'No.'))).toEqual({});
  });
});
