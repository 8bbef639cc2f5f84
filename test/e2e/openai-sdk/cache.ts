import { aChat, aTool, chunksOf, textOf } from '../support/chats';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import type { TestKey } from '../support/keys';
import { requestIdOf, settled } from '../support/settled';
import { until } from '../support/until';

type Ask = { content: string; headers?: Record<string, string>; changes?: Parameters<typeof aChat>[1] };

export const describeCache = (gateway: GatewayUnderTest) =>
  describe('the exact cache', () => {
    const ask = async (key: TestKey, { content, headers = {}, changes = {} }: Ask) => {
      const asked = gateway.clientOf(key).chat.completions.create(aChat(content, changes), { headers });
      const { data, response } = await asked.withResponse();
      return { data, response, state: response.headers.get('x-fluxgate-cache') };
    };
    const entriesOf = async ({ account }: TestKey) =>
      (await gateway.items('Cache')).filter(({ pk }) => String(pk).startsWith(`${account}#`));
    /** Answers are stored after their last byte. */
    const entries = (key: TestKey, count: number) =>
      until(`${count} answers of ${key.account} are stored`, async () => {
        const stored = await entriesOf(key);
        return stored.length === count ? stored : undefined;
      });
    const bill = async ({ response }: { response: Response }) => gateway.bill(requestIdOf(response));

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
      expect(await bill(other)).toHaveLength(1);
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

    it.each([
      ['X-Fluxgate-Cache: off', { 'x-fluxgate-cache': 'off' }],
      ['Cache-Control: no-store', { 'cache-control': 'max-age=0, no-store' }],
    ])('is left out with %s', async (_, headers) => {
      const key = await gateway.createKey({ cache: true });

      const asked = { content: 'What is a pole?', headers };
      const answers = [await ask(key, asked), await ask(key, asked)];

      const ends = await Promise.all(answers.map(({ response }) => settled(gateway, key, response)));
      expect(answers.map(({ state }) => state)).toEqual(['bypass', 'bypass']);
      expect(ends.map(({ bill: { length } }) => length)).toEqual([1, 1]);
      expect(await entriesOf(key)).toEqual([]);
    });

    it.each([
      ['X-Fluxgate-Cache: refresh', { 'x-fluxgate-cache': 'refresh' }],
      ['Cache-Control: no-cache', { 'cache-control': 'no-cache' }],
    ])('is filled anew with %s', async (name, headers) => {
      const key = await gateway.createKey({ cache: true });
      // Its first answer goes wrong in a way that a cache keeps: the model says nothing.
      const content = `[[fault:empty times=1]] What is a turn, ${name}?`;
      const first = await ask(key, { content });
      await entries(key, 1);

      const fresh = await ask(key, { content, headers });

      const answer = fresh.data.choices[0]?.message.content;
      const again = await until('the fresh answer is the one that is kept', async () => {
        const { data, state } = await ask(key, { content });
        return state === 'hit' && data.choices[0]?.message.content === answer ? data : undefined;
      });
      expect([first.state, fresh.state]).toEqual(['miss', 'bypass']);
      expect(first.data.choices[0]?.message.content).not.toBe(answer);
      expect(again.choices).toEqual(fresh.data.choices);
    });

    it('is off without being asked for, and on for one request that asks', async () => {
      const key = await gateway.createKey();
      const off = await ask(key, { content: 'What is a gap?' });
      const headers = { 'x-fluxgate-cache': 'on' };
      const miss = await ask(key, { content: 'What is a gap?', headers });
      await entries(key, 1);

      const hit = await ask(key, { content: 'What is a gap?', headers });

      expect([off.state, miss.state, hit.state]).toEqual(['off', 'miss', 'hit']);
    });

    it('keeps no answer that a limit cut short', async () => {
      const key = await gateway.createKey({ cache: true, tpm: 500 });

      const { data, response } = await ask(key, { content: '[[tokens:450]]', changes: { max_tokens: 450 } });

      await settled(gateway, key, response);
      expect(Number(response.headers.get('x-fluxgate-clamped-tokens'))).toBe(data.usage?.completion_tokens);
      expect(data.choices[0]?.finish_reason).toBe('length');
      expect(await entriesOf(key)).toEqual([]);
    });

    it('that fails is a miss', async () => {
      const key = await gateway.createKey({ cache: true });
      const { awsProxy, functionName, assembly } = gateway.machine();
      const table = assembly.tables.find(({ name }) => name.includes('Cache'))?.name;
      const id = awsProxy.faults.add({
        service: 'dynamodb',
        principal: functionName('Gateway'),
        kind: 'internalError',
        times: 100,
        ...(table !== undefined && { table }),
      });

      const { data, response, state } = await ask(key, { content: 'What is a wire?' });

      const { record } = await settled(gateway, key, response);
      awsProxy.faults.remove(id);
      expect(data.choices[0]?.finish_reason).toBe('stop');
      expect([state, record.cache, record.outcome]).toEqual(['error', 'error', 'success']);
    });
  });
