import type { Totals } from '../../../../lambdas/core/counters/read-totals';
import { createAnswerStats } from '../../../../lambdas/exposition/stats/answer-stats';
import { createSnapshot } from '../../../../lambdas/exposition/text/metrics-page';
import { anAccount, anApiKey } from '../../../support/caller';

const NONE = new Map<string, bigint>();
const totalsOf = (requests: bigint): Totals => ({
  requests,
  inputTokens: 0n,
  outputTokens: 0n,
  costNanoUsd: 0n,
  savedNanoUsd: 0n,
  unmetered: 0n,
  byModel: NONE,
  byProvider: NONE,
  byOutcome: NONE,
  rateLimitHits: NONE,
});

const REQUESTS = new Map<string | undefined, bigint>([
  [undefined, 10n],
  ['acme', 7n],
  ['other', 3n],
]);

/** One environment that keeps what it read for as long as the test lasts. */
const anEnvironment = () => {
  const answer = createAnswerStats({
    readSnapshot: async () => createSnapshot(new Map()),
    readTotals: async (accountId) => totalsOf(REQUESTS.get(accountId) ?? 0n),
    readScopeState: async () => ({
      requests: 30,
      tokens: 0,
      committedNanoUsd: 0,
      heldNanoUsd: 0,
      inFlight: 0,
      past: [],
    }),
    findAccount: async (accountId) => anAccount({ accountId }),
    keepMs: 5_000,
    now: () => 0,
  });
  return async (keyId: string, accountId: string, requestsPerMinute: number, scopes: readonly ['chat' | 'metrics']) => {
    const key = { ...anApiKey(), keyId, accountId, scopes: [...scopes], limits: { requestsPerMinute } };
    const caller = { key, account: anAccount({ accountId }) };
    const { body } = await answer({ caller, headers: {}, parameters: null, fresh: false });
    const { account, cost_tracking, rate_limits } = JSON.parse(body.toString('utf8'));
    return [account, cost_tracking.requests_tracked, rate_limits.limits?.key.requests_per_minute.limit];
  };
};

it('statistics that are kept for one key are given to no other', async () => {
  const ask = anEnvironment();

  const answers = [
    await ask('k1', 'acme', 60, ['metrics']),
    await ask('k2', 'acme', 60, ['chat']),
    await ask('k3', 'other', 90, ['chat']),
    await ask('k4', 'acme', 120, ['chat']),
  ];

  expect(answers).toEqual([
    [null, 10, undefined],
    ['acme', 7, 60],
    ['other', 3, 90],
    ['acme', 7, 120],
  ]);
});
