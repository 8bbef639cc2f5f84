import type { RequestRecord } from '../../../lambdas/core/ledger/record';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import type { TestKey } from '../support/keys';
import type { Observed } from './observed';

/** Sums over records, nothing else: what the statistics are to say. */
const expectedOf = (records: readonly RequestRecord[]) => {
  const sum = (amount: (record: RequestRecord) => number) =>
    records.reduce((total, record) => total + amount(record), 0);
  const processed = (tokens: (usage: NonNullable<RequestRecord['usage']>) => number) =>
    sum(({ usage, cache }) => (usage === undefined || cache === 'hit' ? 0 : tokens(usage)));
  const input = processed((usage) => usage.input + usage.cacheRead + usage.cacheWrite5m + usage.cacheWrite1h);
  const output = processed((usage) => usage.output);
  const byModel: Record<string, number> = {};
  for (const { model, costNanoUsd } of records) {
    if (costNanoUsd > 0) byModel[model] = (byModel[model] ?? 0) + costNanoUsd;
  }
  const requests = sum(({ count }) => count);
  const cost = sum(({ costNanoUsd }) => costNanoUsd);
  return {
    total_cost_usd: cost,
    total_input_tokens: input,
    total_output_tokens: output,
    total_tokens: input + output,
    requests_tracked: requests,
    average_cost_per_request: Math.round(cost / requests),
    cost_by_model: byModel,
    cost_by_provider: { bedrock: cost },
    saved_by_cache_usd: sum(({ savedNanoUsd }) => savedNanoUsd),
    unmetered_requests: sum(({ unmetered }) => (unmetered ? 1 : 0)),
  };
};

/** Dollars as whole nano-dollars, wherever they stand. */
const MONEY = /usd|cost/;
const inNanoUsd = (value: unknown, name = ''): unknown => {
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, of]) => [key, inNanoUsd(of, MONEY.test(name) ? name : key)]),
    );
  }
  return typeof value === 'number' && MONEY.test(name) ? Math.round(value * 1e9) : value;
};

export const describeStats = (gateway: GatewayUnderTest, { load, reader, readLedger, readFreshMetrics }: Observed) =>
  describe('GET /metrics/stats', () => {
    const statsFor = async ({ key }: TestKey, query = '') => {
      const headers = { authorization: `Bearer ${key}`, 'cache-control': 'no-cache' };
      const { status, body } = await gateway.send({ path: `/metrics/stats${query}`, headers });
      return { status, body: JSON.parse(body) };
    };

    it('equals the ledger to the nano-dollar, for everything', async () => {
      const all = await readLedger();
      await readFreshMetrics(all);

      const { body } = await statsFor(reader());

      expect(body.account).toBeNull();
      expect(inNanoUsd(body.cost_tracking, 'totals')).toEqual(expectedOf(all));
      expect(body.rate_limits.hits).toBe(
        all.reduce((sum, { outcome, count }) => (outcome === 'rate_limited' ? sum + count : sum), 0),
      );
      expect(body.rate_limits.hits).toBeGreaterThan(0);
    });

    it('equals the ledger for an account, whoever of those that may see it asks', async () => {
      const { account } = load().key;
      const own = (await readLedger()).filter(({ accountId }) => accountId === account);

      const [mine, theirs] = await Promise.all([
        statsFor(load().key),
        statsFor(reader(), `?account=${encodeURIComponent(account)}`),
      ]);

      expect(mine.body.account).toBe(account);
      expect(inNanoUsd(mine.body.cost_tracking, 'totals')).toEqual(expectedOf(own));
      expect(theirs.body.cost_tracking).toEqual(mine.body.cost_tracking);
    });

    it('tells a key how much of its budget is spent', async () => {
      const { account } = load().key;
      const own = (await readLedger()).filter(({ accountId }) => accountId === account);

      const { body } = await statsFor(load().key);

      const { spent_usd: spent, held_usd: held, limit_usd: limit } = body.rate_limits.limits.key.budget;
      expect([Math.round(spent * 1e9), held, limit]).toEqual([expectedOf(own).total_cost_usd, 0, 1]);
    });

    it('of another account is nobody’s business without the scope', async () => {
      const { status, body } = await statsFor(load().key, `?account=${reader().account}`);

      expect([status, body.error.code]).toEqual([403, 'missing_scope']);
    });
  });
