import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import fc from 'fast-check';
import { createLimits, type Hold, type Scope } from '../../../../lambdas/core/ledger/limits';
import { dynamoDbOfTests } from '../../../support/dynamodb-local';
import { createTable } from '../../../support/tables';

const NOW = Date.UTC(2026, 10, 21, 12, 0, 30);
const MINUTE = Math.floor(NOW / 60_000);
const LIMITS = { budget: { nanoUsd: 1_000, period: 'month' }, tokensPerMinute: 500, requestsPerMinute: 12 } as const;

const { client } = dynamoDbOfTests();
let table: string;
let scopes = 0;

beforeAll(async () => {
  table = await createTable(client, ['pk']);
});

/** `lost`: the change is made, its answer is lost, and the change is asked for once more. */
type Step = { do: 'take' | 'settle' | 'in_full'; hold: number; usedPercent: number; lost: boolean };

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom('take', 'take', 'settle', 'in_full'),
  hold: fc.nat(9),
  usedPercent: fc.nat(100),
  lost: fc.boolean(),
});
/** Batches come one after the other; the steps of a batch run at once. */
const interleaving = fc.record({
  amounts: fc.array(
    fc.record({ nanoUsd: fc.integer({ min: 1, max: 400 }), tokens: fc.integer({ min: 1, max: 200 }) }),
    {
      minLength: 10,
      maxLength: 10,
    },
  ),
  batches: fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 6 }),
});

const stateOf = async ({ pk }: Scope) => {
  const { Item = {} } = await client.send(
    new GetItemCommand({ TableName: table, Key: { pk: { S: pk } }, ConsistentRead: true }),
  );
  const item = unmarshall(Item);
  return {
    committed: Number(item['b_2026-11'] ?? 0),
    tokens: Number(item[`t_${MINUTE}`] ?? 0),
    requests: Number(item[`r_${MINUTE}`] ?? 0),
    inFlight: Number(item.inFlight ?? 0),
    held: Object.keys(item).filter((name) => name.startsWith('h_')).length,
  };
};

it('no interleaving of takes and settles, repeated or not, passes a limit or loses count', async () => {
  const limits = createLimits({ client, table, now: () => NOW });
  const usedOf = ({ requests, tokens, nanoUsd }: Hold, percent: number) => ({
    requests,
    tokens: Math.floor((tokens * percent) / 100),
    nanoUsd: Math.floor((nanoUsd * percent) / 100),
  });

  await fc.assert(
    fc.asyncProperty(interleaving, async ({ amounts, batches }) => {
      const scope: Scope = { pk: `key#${++scopes}`, limits: LIMITS };
      const holds = amounts.map((amount, index): Hold => ({ id: `h${index}`, requests: 1, takenAt: NOW, ...amount }));
      const perform = async ({ do: what, hold: index, usedPercent }: Step) => {
        const hold = holds[index];
        if (hold === undefined) throw new Error('There is no such hold.');
        if (what === 'take') return limits.take(scope, hold);
        return limits.settle(scope, hold, what === 'in_full' ? 'in_full' : usedOf(hold, usedPercent));
      };
      for (const batch of batches) {
        await Promise.all(
          batch.map(async (each) => {
            await perform(each);
            if (each.lost) await perform(each);
          }),
        );

        const { committed, tokens, requests, inFlight, held } = await stateOf(scope);
        expect(committed).toBeLessThanOrEqual(LIMITS.budget.nanoUsd);
        expect(tokens).toBeLessThanOrEqual(LIMITS.tokensPerMinute);
        expect(requests).toBeLessThanOrEqual(LIMITS.requestsPerMinute);
        expect(Math.min(committed, tokens, requests)).toBeGreaterThanOrEqual(0);
        expect(inFlight).toBe(held);
      }
      // Nothing was used by what is still held: giving it back leaves what the settled ones used.
      const before = await stateOf(scope);
      const live = await Promise.all(
        holds.map(async (hold) => ({ hold, stored: await limits.read(scope.pk, hold.id) })),
      );
      const givenBack = live.filter(({ stored }) => stored !== undefined).map(({ hold }) => hold);
      await Promise.all(givenBack.map((hold) => limits.settle(scope, hold, { requests: 0, tokens: 0, nanoUsd: 0 })));
      const sum = (of: (hold: Hold) => number) => givenBack.reduce((total, hold) => total + of(hold), 0);
      expect(await stateOf(scope)).toEqual({
        committed: before.committed - sum(({ nanoUsd }) => nanoUsd),
        tokens: before.tokens - sum(({ tokens }) => tokens),
        requests: before.requests - givenBack.length,
        inFlight: 0,
        held: 0,
      });
    }),
    { numRuns: 30 },
  );
}, 120_000);
