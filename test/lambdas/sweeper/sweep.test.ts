import type { InFlight } from '../../../lambdas/core/ledger/in-flight';
import { createSweep } from '../../../lambdas/sweeper/sweep';
import { aRequestRecord } from '../../support/a-request-record';

const NOW = 2_000_000_000_000;

const anItem = (requestId: string, of: Partial<Record<keyof InFlight, unknown>> = {}) => ({
  pk: 'inflight#1',
  sk: `1900000000000#${requestId}`,
  requestId,
  leaseEndsAt: 1_900_000_000_000,
  draft: aRequestRecord({ requestId }),
  scopes: [],
  hold: { id: requestId, nanoUsd: 1 },
  earlier: [],
  ...of,
});

const sweeping = (items: Record<string, unknown>[], fate: (requestId: string) => 'released' | 'abandoned') => {
  const finished: string[] = [];
  const askedAt: number[] = [];
  const sweep = createSweep({
    inFlight: {
      expired: async function* (now) {
        askedAt.push(now);
        yield* items;
      },
    },
    finishDead: async ({ requestId }) => {
      const of = fate(requestId);
      finished.push(requestId);
      return of;
    },
    now: () => NOW,
  });
  return { sweep, finished, askedAt };
};

describe('a sweep', () => {
  it('finishes every request whose lease has ended by now, and counts what became of them', async () => {
    const { sweep, askedAt } = sweeping([anItem('a'), anItem('b'), anItem('c')], (id) =>
      id === 'b' ? 'released' : 'abandoned',
    );

    const swept = await sweep();

    expect(swept).toEqual({ released: 1, abandoned: 2 });
    expect(askedAt).toEqual([NOW]);
  });

  it('is not held up by a request that cannot be finished, and fails in the end so that somebody looks', async () => {
    const { sweep, finished } = sweeping([anItem('a'), anItem('b'), anItem('c')], (id) => {
      if (id === 'b') throw new Error('The store is away.');
      return 'released';
    });

    const error = await sweep().catch((thrown: unknown) => thrown);

    expect(finished).toEqual(['a', 'c']);
    expect(error).toMatchObject({
      errors: [{ message: expect.stringContaining('#b'), cause: { message: 'The store is away.' } }],
    });
  });

  it.each<[string, Record<string, unknown>]>([
    ['has lost a field', { hold: undefined }],
    ['has a draft of a schema to come', { draft: { ...aRequestRecord(), schema: 2 } }],
  ])('is not held up by an item that %s', async (_, of) => {
    const { sweep, finished } = sweeping([anItem('a', of), anItem('b')], () => 'released');

    await expect(sweep()).rejects.toThrow('1 requests could not be finished');

    expect(finished).toEqual(['b']);
  });
});
