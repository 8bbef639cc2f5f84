import type OpenAI from 'openai';
import { aChat, aTool, chunksOf, textOf } from '../support/chats';
import type { GatewayUnderTest } from '../support/gateway-under-test';
import { expectBooksToAgree, settled } from '../support/settled';

const TOOLS = [aTool('get_weather'), aTool('get_time')];
const ARGUMENTS = { place: expect.any(String), unit: 'celsius' };

type Choice = OpenAI.ChatCompletionToolChoiceOption;
const TIME: Choice = { type: 'function', function: { name: 'get_time' } };

const namesIn = ({ choices }: OpenAI.ChatCompletion): string[] =>
  (choices[0]?.message.tool_calls ?? []).flatMap((call) => (call.type === 'function' ? [call.function.name] : []));

export const describeTools = (gateway: GatewayUnderTest) =>
  describe('a tool', () => {
    it.each<[Choice, string, string[]]>([
      ['auto', 'Use get_weather for Oslo.', ['get_weather']],
      ['auto', 'Just say hello.', []],
      ['none', 'Use get_weather for Oslo.', []],
      ['required', 'Just say hello.', ['get_weather']],
      [TIME, 'Just say hello.', ['get_time']],
    ])('chosen by %j is called when "%s" asks: %j', async (tool_choice, content, names) => {
      const { client, key } = await gateway.newClient();

      const { data, response } = await client.chat.completions
        .create(aChat(content, { tools: TOOLS, tool_choice }))
        .withResponse();

      expect(namesIn(data)).toEqual(names);
      expect(data.choices[0]?.finish_reason).toBe(names.length > 0 ? 'tool_calls' : 'stop');
      expectBooksToAgree(await settled(gateway, key, response));
    });

    it('may be called beside another one, with arguments of its schema', async () => {
      const { client } = await gateway.newClient();

      const { choices } = await client.chat.completions.create(
        aChat('[[tools:get_time,get_weather]]', { tools: TOOLS, parallel_tool_calls: true }),
      );

      const calls = choices[0]?.message.tool_calls ?? [];
      const read = calls.map((call) =>
        call.type === 'function' ? [call.function.name, JSON.parse(call.function.arguments)] : [],
      );
      expect(read).toEqual([
        ['get_time', ARGUMENTS],
        ['get_weather', ARGUMENTS],
      ]);
      expect(new Set(calls.map(({ id }) => id)).size).toBe(2);
    });

    it('has its arguments streamed', async () => {
      const { client, key } = await gateway.newClient();

      const { data, response } = await client.chat.completions
        .create({ ...aChat('[[tools:get_weather,get_time]]', { tools: TOOLS }), stream: true })
        .withResponse();
      const chunks = await chunksOf(data);

      const deltas = chunks.flatMap(({ choices }) => choices[0]?.delta.tool_calls ?? []);
      const argumentsOf = (wanted: number) =>
        deltas.flatMap(({ index, function: call }) => (index === wanted && call?.arguments ? [call.arguments] : []));
      expect(deltas.flatMap(({ function: call }) => call?.name ?? [])).toEqual(['get_weather', 'get_time']);
      expect([argumentsOf(0).length, argumentsOf(1).length].every((pieces) => pieces > 1)).toBe(true);
      expect(JSON.parse(argumentsOf(0).join(''))).toEqual(ARGUMENTS);
      expect(JSON.parse(argumentsOf(1).join(''))).toEqual(ARGUMENTS);
      expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('tool_calls');
      expectBooksToAgree(await settled(gateway, key, response));
    });

    it('without parameters is called with an empty object', async () => {
      const { client } = await gateway.newClient();
      const ping: OpenAI.ChatCompletionTool = { type: 'function', function: { name: 'ping' } };

      const { choices } = await client.chat.completions.create(
        aChat('Use ping.', { tools: [ping], tool_choice: 'required' }),
      );

      expect(choices[0]?.message.tool_calls).toMatchObject([{ function: { name: 'ping', arguments: '{}' } }]);
    });

    it('tells the model its result', async () => {
      const { client, key } = await gateway.newClient();
      const asked = aChat('Use get_weather for Oslo.', { tools: TOOLS });
      const first = await client.chat.completions.create(asked);
      const message = first.choices[0]?.message;
      const callId = message?.tool_calls?.[0]?.id;
      if (message === undefined || callId === undefined) throw new Error('The model did not call the tool.');

      const { data, response } = await client.chat.completions
        .create({
          ...asked,
          messages: [...asked.messages, message, { role: 'tool', tool_call_id: callId, content: 'minus 5 degrees' }],
        })
        .withResponse();

      expect(data.choices[0]?.message.content).toContain('The tools returned "minus 5 degrees"');
      expectBooksToAgree(await settled(gateway, key, response));
    });

    it.each([false, true])('is run by the SDK to the end of the conversation (streamed: %s)', async (stream) => {
      const { client } = await gateway.newClient();
      const places: string[] = [];
      const tools = [
        {
          type: 'function' as const,
          function: {
            name: 'get_weather',
            description: 'The weather of a place.',
            parameters: { type: 'object', properties: { place: { type: 'string' } }, required: ['place'] },
            parse: JSON.parse,
            function: ({ place }: { place: string }) => {
              places.push(place);
              return 'minus 5 degrees';
            },
          },
        },
      ];
      const { model, messages } = aChat('Use get_weather for Oslo.');

      const runner = stream
        ? client.chat.completions.runTools({ model, messages, tools, stream: true })
        : client.chat.completions.runTools({ model, messages, tools });

      expect(await runner.finalContent()).toContain('The tools returned "minus 5 degrees"');
      expect(places).toHaveLength(1);
    });

    it('is called by a model that cannot stream when it has tools', async () => {
      const { client, key } = await gateway.newClient();
      const asked = aChat('Use get_weather for Oslo.', { model: 'llama-4-scout', tools: TOOLS });

      const { data, response } = await client.chat.completions.create({ ...asked, stream: true }).withResponse();
      const chunks = await chunksOf(data);

      expect(textOf(chunks)).toContain('Calling get_weather');
      expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('tool_calls');
      expectBooksToAgree(await settled(gateway, key, response));
    });
  });
