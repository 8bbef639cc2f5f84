import { aChat, aTool, chunksOf, textOf } from '../support/chats';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import { requestIdOf, settled } from '../support/settled';
import { useCache } from './use-cache';

export const describeCacheHits = (gateway: GatewayUnderTest) =>
  describe('the exact cache', () => {
    const { ask, entries } = useCache(gateway);

    it('answers the second of two equal requests, for nothing', async () => {
      const key = await gateway.createKey({ cache: true });
      const first = await ask(key, { content: 'What is a coil?' });
      await entries(key, 1);

      const second = await ask(key, { content: 'What is a coil?' });

      const [missed, hit] = [await settled(gateway, key, first.response), await settled(gateway, key, second.response)];
      expect([first.state, second.state]).toEqual(['miss', 'hit']);
      expect(second.data.choices).toEqual(first.data.choices);
      expect(second.data.usage).toEqual({
        ...first.data.usage,
        cost_usd: 0,
        saved_usd: missed.record.costNanoUsd / 1e9,
      });
      expect(hit.bill).toEqual([]);
      expect(hit.record).toMatchObject({
        cache: 'hit',
        costNanoUsd: 0,
        savedNanoUsd: missed.billedNanoUsd,
        usage: missed.record.usage,
        attempts: [],
      });
      expect(second.response.headers.get('x-fluxgate-saved-usd')).toBe(String(missed.billedNanoUsd / 1e9));
      expect(second.response.headers.get('x-fluxgate-attempts')).toBe('0');
    });

    it('replays what was answered whole as a stream, tool calls included', async () => {
      const key = await gateway.createKey({ cache: true });
      const content = '[[tools:get_weather]] and say so';
      const changes = { tools: [aTool('get_weather')] };
      const first = await ask(key, { content, changes });
      await entries(key, 1);

      const { data, response } = await gateway
        .clientOf(key)
        .chat.completions.create({
          ...aChat(content, changes),
          stream: true,
          stream_options: { include_usage: true },
        })
        .withResponse();
      const chunks = await chunksOf(data);

      const message = first.data.choices[0]?.message;
      const deltas = chunks.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? []);
      expect(response.headers.get('x-fluxgate-cache')).toBe('hit');
      expect(textOf(chunks)).toBe(message?.content);
      expect(message?.tool_calls).toMatchObject([
        {
          id: deltas[0]?.id,
          function: {
            name: 'get_weather',
            arguments: deltas.map(({ function: call }) => call?.arguments ?? '').join(''),
          },
        },
      ]);
      expect(chunks.at(-1)?.usage).toEqual({
        ...first.data.usage,
        cost_usd: 0,
        saved_usd: expect.any(Number),
      });
    });

    it('replays what was streamed as a whole answer', async () => {
      const key = await gateway.createKey({ cache: true });
      const streamed = await chunksOf(
        await gateway.clientOf(key).chat.completions.create({ ...aChat('What is a core?'), stream: true }),
      );
      await entries(key, 1);

      const { data, state } = await ask(key, { content: 'What is a core?' });

      expect(state).toBe('hit');
      expect(data.choices[0]?.message.content).toBe(textOf(streamed));
    });

    it.each([
      ['temperature', { temperature: 0.3 }],
      ['max_tokens', { max_tokens: 399 }],
      ['stop', { stop: 'END' }],
      ['tools', { tools: [aTool('get_weather')] }],
      ['model', { model: 'nova-lite' }],
    ])('does not answer a request that differs in its %s', async (_, changes) => {
      const key = await gateway.createKey({ cache: true });
      await ask(key, { content: 'What is a field?' });
      await entries(key, 1);

      const other = await ask(key, { content: 'What is a field?', changes });

      expect(other.state).toBe('miss');
      expect(await gateway.bill(requestIdOf(other.response))).toHaveLength(1);
    });

    it('answers a request that differs in what cannot change the answer', async () => {
      const key = await gateway.createKey({ cache: true });
      await ask(key, { content: 'What is a loop?' });
      await entries(key, 1);

      const { state } = await ask(key, {
        content: 'What is a loop?',
        changes: { user: 'somebody', metadata: { a: 'b' }, max_tokens: null, max_completion_tokens: 400 },
      });

      expect(state).toBe('hit');
    });
  });
