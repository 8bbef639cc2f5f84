import OpenAI, { type APIError } from 'openai';
import { aChat, refusalOf } from '../support/chats';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import { expectBooksToAgree, settled } from '../support/settled';
import { until } from '../support/until';

const CENT = 10_000_000;

/** The day on which a monthly budget renews. */
const nextMonth = (): string => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1)).toISOString().slice(0, 10);
};

export const describeLimits = (gateway: GatewayUnderTest) =>
  describe('a limit', () => {
    /** The first refusal of equal requests: a minute that ends between two of them starts the count anew. */
    const firstRefusal = (client: OpenAI): Promise<APIError> =>
      until('a request is refused', async () => {
        const asked = client.chat.completions.create(aChat('Again.', { max_tokens: 20 }));
        return asked.then(
          () => undefined,
          (error: unknown) => {
            if (error instanceof OpenAI.APIError) return error;
            throw error;
          },
        );
      });

    it.each([
      ['key', { rpm: 1 }],
      ['account', {}],
    ])('on the requests per minute of a %s refuses with the seconds to wait', async (owner, limits) => {
      const { client, key } = await gateway.newClient(limits);
      if (owner === 'account') await gateway.manage('accounts.limit', { account: key.account, rpm: 1 });

      const refusal = await firstRefusal(client);

      expect(refusal).toBeInstanceOf(OpenAI.RateLimitError);
      expect(refusal).toMatchObject({ code: 'requests_per_minute', type: 'rate_limit_error' });
      expect(refusal.message).toContain(`This ${owner} has reached its limit of requests a minute (1)`);
      expect(Number(refusal.headers?.get('retry-after'))).toBeGreaterThanOrEqual(1);
      expect(Number(refusal.headers?.get('retry-after'))).toBeLessThanOrEqual(60);
      expect(Object.fromEntries(refusal.headers ?? [])).toMatchObject({
        'x-ratelimit-limit-requests': '1',
        'x-ratelimit-remaining-requests': '0',
        'x-ratelimit-reset-requests': expect.stringMatching(/^(\d+s|1m0s)$/),
      });
    });

    it('is told with every answer, as far as it is left', async () => {
      const { client, key } = await gateway.newClient({ rpm: 50, tpm: 100_000 });

      const { response } = await client.chat.completions.create(aChat('Hello', { max_tokens: 50 })).withResponse();

      const headers = Object.fromEntries(response.headers);
      expect(headers).toMatchObject({
        'x-ratelimit-limit-requests': '50',
        'x-ratelimit-remaining-requests': '49',
        'x-ratelimit-limit-tokens': '100000',
      });
      expect(Number(headers['x-ratelimit-remaining-tokens'])).toBeLessThan(99_950);
      expectBooksToAgree(await settled(gateway, key, response));
    });

    it('on the tokens per minute lowers the bound of the answer, and says so', async () => {
      const { client, key } = await gateway.newClient({ tpm: 500 });

      const { data, response } = await client.chat.completions
        .create(aChat('[[tokens:1000]]', { max_tokens: 1_000 }))
        .withResponse();

      const books = await settled(gateway, key, response);
      const clamped = Number(response.headers.get('x-fluxgate-clamped-tokens'));
      expect(clamped).toBeLessThan(500);
      expect([data.usage?.completion_tokens, books.record.clampedToTokens]).toEqual([clamped, clamped]);
      expectBooksToAgree(books);
    });

    it('on the tokens per minute refuses what can never fit', async () => {
      const { client } = await gateway.newClient({ tpm: 500 });

      const refusal = await refusalOf(client.chat.completions.create(aChat('x'.repeat(600))));

      expect(refusal).toBeInstanceOf(OpenAI.RateLimitError);
      expect(refusal).toMatchObject({ code: 'tokens_per_minute' });
      expect(refusal.message).toMatch(/may need up to \d+ tokens, and this key may use 500 a minute/);
    });

    it('on the budget lowers the bound of the answer to what is left, to the last nano-dollar', async () => {
      const { client, key } = await gateway.newClient({ budget: { nanoUsd: CENT, period: 'month' } });

      const { data, response } = await client.chat.completions
        .create(aChat('[[tokens:4000]]', { max_tokens: 4_000 }))
        .withResponse();

      const books = await settled(gateway, key, response);
      expect(data.choices[0]?.finish_reason).toBe('length');
      expect(books.record.heldNanoUsd).toBeLessThanOrEqual(CENT);
      expect(books.record.heldNanoUsd).toBeGreaterThan(CENT - 5_500);
      expectBooksToAgree(books);
    });

    it('on the budget refuses what is left too little for, with the day of renewal', async () => {
      const { client, key } = await gateway.newClient({ budget: { nanoUsd: 1_000, period: 'month' } });

      const refusal = await refusalOf(client.chat.completions.create(aChat('Hello')));

      const { record, bill } = await settled(gateway, key, refusal);
      expect([refusal.status, refusal.code, refusal.type]).toEqual([402, 'budget_too_small', 'insufficient_quota']);
      expect(refusal.message).toContain(nextMonth());
      expect(refusal.headers?.has('retry-after')).toBe(false);
      expect([record.outcome, record.costNanoUsd, bill]).toEqual(['over_budget', 0, []]);
    });

    it('on the budget refuses everything once it is spent', async () => {
      const { client, key } = await gateway.newClient({ budget: { nanoUsd: CENT, period: 'month' } });
      const overshooting = aChat(`[[fault:usage=above]] ${'x'.repeat(800)}`, { max_tokens: 1_500 });
      const { response } = await client.chat.completions.create(overshooting).withResponse();
      const { record, billedNanoUsd } = await settled(gateway, key, response);

      const refusal = await refusalOf(client.chat.completions.create(aChat('Hello')));

      expect([record.costNanoUsd, record.overshootNanoUsd]).toEqual([
        billedNanoUsd,
        billedNanoUsd - record.heldNanoUsd,
      ]);
      expect([refusal.status, refusal.code]).toEqual([402, 'budget_exhausted']);
      expect(refusal.message).toContain(nextMonth());
    });

    it('holds up nobody but the key that has it', async () => {
      const limited = await gateway.newClient({ rpm: 1 });
      const sibling = gateway.clientOf(await gateway.createKey({ account: limited.key.account }));
      await firstRefusal(limited.client);

      const { choices } = await sibling.chat.completions.create(aChat('Hello'));

      expect(choices[0]?.finish_reason).toBe('stop');
    });
  });
