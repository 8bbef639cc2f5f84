import OpenAI from 'openai';
import type { RequestRecord } from '../../../lambdas/core/ledger/record';
import { aChat, chunksOf, HAIKU, refusalOf, textOf } from '../support/chats';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import { expectBooksToAgree, type Settled, settled } from '../support/settled';

/** Answered by nova-lite, else by claude-haiku-4-5, else by nova-2-lite. */
const FAST = { model: 'fast', max_tokens: 60 };

const outcomesOf = ({ attempts }: RequestRecord) => attempts.map(({ model, outcome }) => [model, outcome]);

/** The ledger may charge more than the provider did, never less: nobody says what a broken attempt used. */
const expectNothingUncharged = ({ record, billedNanoUsd }: Settled): void => {
  expect(record.unmetered).toBe(true);
  expect(record.costNanoUsd).toBeGreaterThanOrEqual(billedNanoUsd);
  expect(record.costNanoUsd).toBeLessThanOrEqual(record.heldNanoUsd);
};

export const describeFaults = (gateway: GatewayUnderTest) =>
  describe('a provider that', () => {
    it('throttles once is asked again, and billed once', async () => {
      const { client, key } = await gateway.newClient();

      const { data, response } = await client.chat.completions
        .create(aChat('[[fault:throttle times=1]]'))
        .withResponse();

      const books = await settled(gateway, key, response);
      expect(data.choices[0]?.finish_reason).toBe('stop');
      expect(response.headers.get('x-fluxgate-attempts')).toBe('2');
      expect(outcomesOf(books.record)).toEqual([
        ['claude-haiku-4-5', 'throttled'],
        ['claude-haiku-4-5', 'success'],
      ]);
      expectBooksToAgree(books);
    });

    it('throttles for good is told as a rate limit', async () => {
      const { client, key } = await gateway.newClient();

      const refusal = await refusalOf(client.chat.completions.create(aChat('[[fault:throttle]]')));

      const { record, bill } = await settled(gateway, key, refusal);
      expect(refusal).toBeInstanceOf(OpenAI.RateLimitError);
      expect(refusal).toMatchObject({ code: 'provider_throttled' });
      expect(refusal.headers?.get('retry-after')).toBe('5');
      expect([record.attempts.length, bill.length, record.costNanoUsd, record.outcome]).toEqual([3, 3, 0, 'error']);
    });

    it.each([
      ['answers 503', 'status=503', 'unavailable', 3, 'charged'],
      ['fails within its stream at once', 'error=0:internalServerException', 'unavailable', 3, 'charged'],
      ['is throttled within its stream at once', 'error=0:throttlingException', 'throttled', 3, 'free'],
      ['closes the connection before any byte', 'reset', 'unavailable', 3, 'free'],
      ['closes the connection after the head', 'cut=0', 'cut', 3, 'charged'],
      ['sends what cannot be read', 'malformed=0', 'malformed', 1, 'charged'],
      ['denies the model', 'status=403', 'denied', 1, 'free'],
      ['never answers', 'timeout', 'timeout', 1, 'charged'],
    ])('%s is followed by the next model of the alias', async (_, fault, outcome, tries, price) => {
      const { client, key } = await gateway.newClient();
      const content = `[[fault:${fault} model=nova-lite]] Hello`;

      const { data, response } = await client.chat.completions.create(aChat(content, FAST)).withResponse();

      const { record, bill, billedNanoUsd } = await settled(gateway, key, response);
      const failed = Array.from({ length: tries }, () => 'nova-lite');
      expect([data.model, response.headers.get('x-fluxgate-model')]).toEqual([HAIKU, HAIKU]);
      expect(outcomesOf(record)).toEqual([...failed.map((model) => [model, outcome]), [HAIKU, 'success']]);
      expect(bill.map(({ modelId }) => modelId.includes('nova-lite'))).toEqual([...failed.map(() => true), false]);
      expect(record.attempts.map(({ costNanoUsd }) => costNanoUsd > 0)).toEqual([
        ...failed.map(() => price === 'charged'),
        true,
      ]);
      expect(record.usage).toEqual(bill.at(-1)?.billed);
      expect(record.costNanoUsd).toBeGreaterThanOrEqual(billedNanoUsd);
    });

    it('refuses every model of an alias is told as one that did not answer', async () => {
      const { client, key } = await gateway.newClient();
      const content = '[[fault:throttle model=nova-lite]] [[fault:malformed=0 model=haiku]] [[fault:reset]]';

      const refusal = await refusalOf(client.chat.completions.create(aChat(content, FAST)));

      const { record } = await settled(gateway, key, refusal);
      expect([refusal.status, refusal.code]).toEqual([503, 'no_provider_answered']);
      expect(refusal.message).toContain('None of the 3 targets');
      expect([...new Set(record.attempts.map(({ model }) => model))]).toEqual([
        'nova-lite',
        'claude-haiku-4-5',
        'nova-2-lite',
      ]);
    });

    it.each(['error=4:internalServerException', 'cut=4', 'malformed=4', 'stall=4'])(
      'breaks off with %s ends the stream with an error',
      async (fault) => {
        const { client, key } = await gateway.newClient();
        const { data, response } = await client.chat.completions
          .create({ ...aChat(`[[fault:${fault}]] Tell me.`), stream: true })
          .withResponse();
        const read: string[] = [];

        const refusal = await refusalOf(
          (async () => {
            for await (const chunk of data) read.push(textOf([chunk]));
          })(),
        );

        const books = await settled(gateway, key, response);
        expect(refusal).toMatchObject({ code: 'provider_stream_cut', type: 'server_error' });
        expect(refusal.message).not.toMatch(/simulated fault|exception/i);
        expect(read.join('')).toMatch(/^\[simulated/);
        expect(books.record).toMatchObject({ outcome: 'error', errorCode: 'provider_stream_cut', httpStatus: 200 });
        expectNothingUncharged(books);
      },
    );

    it('breaks off before an answer was sent is told as a failure', async () => {
      const { client, key } = await gateway.newClient();

      const refusal = await refusalOf(
        client.chat.completions.create(aChat('[[fault:error=4:internalServerException]] Tell me.')),
      );

      const books = await settled(gateway, key, refusal);
      expect(refusal).toBeInstanceOf(OpenAI.InternalServerError);
      expect([refusal.status, refusal.code]).toEqual([502, 'provider_stream_cut']);
      expect(refusal.message).not.toMatch(/simulated fault|exception/i);
      expectNothingUncharged(books);
    });

    it('never answers is given up in time', async () => {
      const { client, key } = await gateway.newClient();

      const refusal = await refusalOf(client.chat.completions.create(aChat('[[fault:timeout]]')));

      const books = await settled(gateway, key, refusal);
      expect([refusal.status, refusal.code]).toEqual([504, 'provider_timeout']);
      expect(outcomesOf(books.record)).toEqual([['claude-haiku-4-5', 'timeout']]);
      expectNothingUncharged(books);
    });

    it.each([false, true])('reports no usage is charged what was held (streamed: %s)', async (stream) => {
      const { client, key } = await gateway.newClient();
      const asked = aChat('[[fault:no-usage]] Hello');

      const { data, response } = stream
        ? await client.chat.completions
            .create({ ...asked, stream: true, stream_options: { include_usage: true } })
            .withResponse()
        : await client.chat.completions.create(asked).withResponse();
      const usage = 'choices' in data ? data.usage : (await chunksOf(data)).at(-1)?.usage;

      const books = await settled(gateway, key, response);
      expect(usage).toMatchObject({
        prompt_tokens: null,
        completion_tokens: null,
        unmetered: true,
        cost_usd: books.record.heldNanoUsd / 1e9,
      });
      expect(books.record.usage).toBeUndefined();
      expectNothingUncharged(books);
    });

    it('closes the connection before any byte is asked again, and charges nothing for it', async () => {
      const { client, key } = await gateway.newClient();

      const { response } = await client.chat.completions.create(aChat('[[fault:reset times=2]] Hello')).withResponse();

      const books = await settled(gateway, key, response);
      expect(outcomesOf(books.record).map(([, outcome]) => outcome)).toEqual(['unavailable', 'unavailable', 'success']);
      expectBooksToAgree(books);
    });

    it('thinks for long is waited for', async () => {
      const { client, key } = await gateway.newClient();

      const { data, response } = await client.chat.completions
        .create(aChat('[[think:1500]] [[exactly:At last.]]'))
        .withResponse();

      const books = await settled(gateway, key, response);
      expect(data.choices[0]?.message.content).toBe('At last.');
      expect(books.record.timeToFirstEventMs).toBeGreaterThanOrEqual(1_500);
      expectBooksToAgree(books);
    });
  });
