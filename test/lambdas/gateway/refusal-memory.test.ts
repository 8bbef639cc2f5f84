import { GatewayError, type RefusalCode } from '../../../lambdas/core/errors';
import { createRefusalMemory } from '../../../lambdas/gateway/refusal-memory';

const remembering = (code: RefusalCode, at: string, retryAfterSeconds?: number) => {
  let now = Date.parse(at);
  const memory = createRefusalMemory({ now: () => now });
  memory.remember('k1', new GatewayError(code, 'No.', retryAfterSeconds === undefined ? {} : { retryAfterSeconds }), {
    requestLimit: { limit: 3, remaining: 0, resetSeconds: 50 },
  });
  return (later: string) => {
    now = Date.parse(later);
    return memory.recall('k1');
  };
};

describe('the memory of refusals', () => {
  it.each<[RefusalCode, string, string, string]>([
    ['requests_per_minute', '2026-11-21T12:00:30.500Z', '2026-11-21T12:00:59.999Z', '2026-11-21T12:01:00.000Z'],
    ['budget_exhausted', '2026-11-21T12:00:00.000Z', '2026-11-21T12:00:29.999Z', '2026-11-21T12:00:30.000Z'],
    ['budget_exhausted', '2026-11-30T23:59:50.000Z', '2026-11-30T23:59:59.999Z', '2026-12-01T00:00:00.000Z'],
  ])('holds %s of %s until %s', (code, at, last, over) => {
    const recall = remembering(code, at);

    const recalled = [recall(last)?.error.code, recall(over)];

    expect(recalled).toEqual([code, undefined]);
  });

  it.each<RefusalCode>(['tokens_per_minute', 'budget_held', 'budget_too_small', 'too_many_in_flight'])(
    'does not hold %s, which a smaller or later request may not meet',
    (code) => {
      const recall = remembering(code, '2026-11-21T12:00:00Z');

      expect(recall('2026-11-21T12:00:00Z')).toBeUndefined();
    },
  );

  it('says how many seconds are left', () => {
    const recall = remembering('requests_per_minute', '2026-11-21T12:00:10Z', 50);

    const recalled = recall('2026-11-21T12:00:45.5Z');

    expect(recalled?.error.retryAfterSeconds).toBe(15);
    expect(recalled?.limits.requestLimit).toEqual({ limit: 3, remaining: 0, resetSeconds: 15 });
  });
});
