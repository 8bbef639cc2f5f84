import { aChat, chunksOf, textOf } from '../support/chats';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import { expectBooksToAgree, requestIdOf, settled } from '../support/settled';

const STREAMED = { stream: true, stream_options: { include_usage: true } } as const;

export const describeAnswers = (gateway: GatewayUnderTest) =>
  describe('an answer', () => {
    it('comes whole, with its usage and its cost', async () => {
      const { client, key } = await gateway.newClient();

      const { data, response } = await client.chat.completions.create(aChat('Say hello.')).withResponse();

      const books = await settled(gateway, key, response);
      expectBooksToAgree(books);
      expect(data.choices).toEqual([
        {
          index: 0,
          message: { role: 'assistant', content: expect.stringContaining('[simulated answer of'), refusal: null },
          logprobs: null,
          finish_reason: 'stop',
        },
      ]);
      expect(data.usage).toMatchObject({
        prompt_tokens: books.record.usage?.input,
        completion_tokens: books.record.usage?.output,
        cost_usd: books.billedNanoUsd / 1e9,
      });
    });

    it('tells in its headers who answered, how, and for how much', async () => {
      const { client, key } = await gateway.newClient();

      const { response } = await client.chat.completions.create(aChat('Tell me more.')).withResponse();

      const { billedNanoUsd } = await settled(gateway, key, response);
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'application/json; charset=utf-8',
        'cache-control': 'no-store',
        'x-fluxgate-provider': 'bedrock',
        'x-fluxgate-model': 'claude-haiku-4-5',
        'x-fluxgate-cache': 'off',
        'x-fluxgate-attempts': '1',
        'x-fluxgate-cost-usd': String(billedNanoUsd / 1e9),
      });
    });

    it('comes as a stream of the same words, with its usage and cost in the last chunk', async () => {
      const { client, key } = await gateway.newClient();
      const whole = await client.chat.completions.create(aChat('Tell me a story.'));

      const { data, response } = await client.chat.completions
        .create({ ...aChat('Tell me a story.'), ...STREAMED })
        .withResponse();
      const chunks = await chunksOf(data);

      const books = await settled(gateway, key, response);
      expectBooksToAgree(books);
      expect(textOf(chunks)).toBe(whole.choices[0]?.message.content);
      expect(chunks.length).toBeGreaterThan(5);
      expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('stop');
      expect(chunks.slice(0, -1).filter(({ usage }) => usage !== null)).toEqual([]);
      expect(chunks.at(-1)).toMatchObject({
        choices: [],
        usage: { ...whole.usage, cost_usd: books.billedNanoUsd / 1e9 },
      });
    });

    it('ends a stream with [DONE], and without usage where none was asked for', async () => {
      const { client } = await gateway.newClient();

      const response = await client.chat.completions.create({ ...aChat('Be short.'), stream: true }).asResponse();
      const body = await response.text();

      expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
      expect(body).toMatch(/"finish_reason":"stop"\}\]\}\n\ndata: \[DONE\]\n\n$/);
      expect(body).not.toContain('usage');
    });

    it('streams while the provider is still at it', async () => {
      const { client } = await gateway.newClient();
      const connections: (string | undefined)[] = [];

      const { data, response } = await client.chat.completions
        .create({ ...aChat('[[tokens:40]] [[delay:60]]'), stream: true })
        .withResponse();
      for await (const { choices } of data) {
        if (connections.length > 0 || !choices[0]?.delta.content) continue;
        const [entry] = await gateway.bill(requestIdOf(response));
        connections.push(entry?.connection);
      }

      expect(connections).toEqual(['open']);
    });

    it.each([false, true])('carries any text unchanged (streamed: %s)', async (stream) => {
      const { client } = await gateway.newClient();
      const said = 'Grüße, 世界 👩‍🚀: "quoted", \\back, <tag> & \u2028 new\nline\ttab';

      const asked = aChat(`[[exactly:${said}]]`);
      const answer = stream
        ? textOf(await chunksOf(await client.chat.completions.create({ ...asked, stream: true })))
        : (await client.chat.completions.create(asked)).choices[0]?.message.content;

      expect(answer).toBe(said);
    });

    it.each([false, true])('leaves out what the model thought (streamed: %s)', async (stream) => {
      const { client, key } = await gateway.newClient();
      const asked = aChat('[[reasoning:Let me see, and think a while]] [[exactly:Yes.]]');

      const { data, response } = stream
        ? await client.chat.completions.create({ ...asked, stream: true }).withResponse()
        : await client.chat.completions.create(asked).withResponse();
      const answer = 'choices' in data ? data.choices[0]?.message.content : textOf(await chunksOf(data));

      expect(answer).toBe('Yes.');
      expectBooksToAgree(await settled(gateway, key, response));
    });

    it('is charged with what the prompt cache of the provider read and wrote', async () => {
      const { client, key } = await gateway.newClient();

      const { data, response } = await client.chat.completions
        .create(aChat('[[cache:read=900,write5m=300,write1h=40]]'))
        .withResponse();

      const books = await settled(gateway, key, response);
      expectBooksToAgree(books);
      expect(books.record.usage).toMatchObject({ cacheRead: 900, cacheWrite5m: 300, cacheWrite1h: 40 });
      expect(data.usage).toMatchObject({
        prompt_tokens: Number(books.record.usage?.input) + 1_240,
        prompt_tokens_details: { cached_tokens: 900 },
      });
    });

    it.each([
      ['max_tokens', 'length'],
      ['content_filtered', 'content_filter'],
      ['guardrail_intervened', 'content_filter'],
      ['a_reason_of_the_future', 'stop'],
    ])('that stops with %s finishes with %s', async (reason, finishReason) => {
      const { client } = await gateway.newClient();

      const { choices } = await client.chat.completions.create(aChat(`[[stop:${reason}]]`));

      expect(choices[0]?.finish_reason).toBe(finishReason);
    });
  });
