import { createRateWindows } from '../../../../lambdas/core/ledger/rate-windows';
import { getRateLimiter } from '../../../../lambdas/core/library/get-rate-limiter';
import { createMemoryWindows } from '../../../../lambdas/core/library/memory-windows';
import { parseRateLimit } from '../../../../lambdas/core/library/rate-limit';
import { createRateLimiter, type WindowStore } from '../../../../lambdas/core/library/rate-limiter';
import { dynamoDbOfTests } from '../../../support/dynamodb-local';
import { createTable } from '../../../support/tables';

describe('a limit in words', () => {
  it.each([
    ['100/minute', 100, 60],
    ['5 per second', 5, 1],
    ['1000/2 hours', 1_000, 7_200],
    [' 7 / Day ', 7, 86_400],
    ['30 per 10 seconds', 30, 10],
  ])('%s is read', (words, requests, windowSeconds) => {
    expect(parseRateLimit(words)).toEqual({ requests, windowSeconds });
  });

  it.each(['', '100', '0/minute', '-5/minute', '1.5/minute', '100/fortnight', 'many/minute', '1/minute; 2/hour'])(
    '%j is refused with an example',
    (words) => {
      expect(() => parseRateLimit(words)).toThrow(/reads like "100\/minute"/);
    },
  );
});

const { client } = dynamoDbOfTests();

const STORES: [string, () => Promise<WindowStore>][] = [
  ['memory', async () => createMemoryWindows()],
  ['the limits table', async () => createRateWindows({ client, table: await createTable(client, ['pk']) })],
];

describe.each(STORES)('a limiter that counts in %s', (_, createStore) => {
  const aLimiter = async (start = 120_000) => {
    const clock = { ms: start };
    return { clock, limiter: createRateLimiter({ store: await createStore(), now: () => clock.ms }) };
  };

  it('lets through as many as the limit says, then says when to come back', async () => {
    const { clock, limiter } = await aLimiter();
    const check = limiter.createCustomLimit('2/minute');
    clock.ms += 20_000;

    const verdicts = [await check('ann'), await check('ann'), await check('ann')];

    expect(verdicts).toEqual([
      { allowed: true, limit: 2, remaining: 1, resetSeconds: 40 },
      { allowed: true, limit: 2, remaining: 0, resetSeconds: 40 },
      { allowed: false, limit: 2, remaining: 0, resetSeconds: 40 },
    ]);
  });

  it('begins anew with each window', async () => {
    const { clock, limiter } = await aLimiter();
    const check = limiter.createCustomLimit('1/second');

    const first = [await check('ann'), await check('ann')];
    clock.ms += 1_000;
    const second = await check('ann');

    expect([...first, second].map(({ allowed }) => allowed)).toEqual([true, false, true]);
  });

  it('counts keys, and limits of one key, apart', async () => {
    const { limiter } = await aLimiter();

    const [perMinute, perHour] = [limiter.createCustomLimit('1/minute'), limiter.createCustomLimit('1/hour')];
    const verdicts = [await perMinute('ann'), await perHour('ann'), await perMinute('bob'), await perMinute('ann')];

    expect(verdicts.map(({ allowed }) => allowed)).toEqual([true, true, true, false]);
  });

  it('lets no more through when many ask at once', async () => {
    const { limiter } = await aLimiter();
    const check = limiter.createCustomLimit('7/minute');

    const verdicts = await Promise.all(Array.from({ length: 25 }, () => check('ann')));

    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(7);
  });
});

it('there is one limiter per process', () => {
  expect(getRateLimiter()).toBe(getRateLimiter());
});
