import OpenAI from 'openai';
import type { ChatEvent } from '../../../../lambdas/core/chat/events';
import { GatewayError } from '../../../../lambdas/core/errors';
import { someUsage } from './answers';
import { aTool } from './bodies';
import { type Model, startChatServer } from './chat-server';

const finish = (reason: Extract<ChatEvent, { type: 'finish' }>['reason'] = 'stop'): ChatEvent => ({
  type: 'finish',
  reason,
  usage: someUsage,
});
const say = (...texts: string[]): ChatEvent[] => texts.map((text) => ({ type: 'text', text }));
const call = (index: number, id: string, name: string, ...fragments: string[]): ChatEvent[] => [
  { type: 'tool_call', index, id, name },
  ...fragments.map((json): ChatEvent => ({ type: 'tool_arguments', index, json })),
];

/** Runs `use` with an unmodified client against a server in which `model` answers. */
const withClient = async (
  model: Model,
  use: (client: OpenAI, seen: Awaited<ReturnType<typeof startChatServer>>['seen']) => Promise<void>,
): Promise<void> => {
  const server = await startChatServer(model);
  try {
    await use(new OpenAI({ baseURL: server.baseURL, apiKey: 'fg_a_b', maxRetries: 0 }), server.seen);
  } finally {
    await server.close();
  }
};

const HELLO = { model: 'claude-sonnet', messages: [{ role: 'user' as const, content: 'Hello' }] };

describe('an unmodified OpenAI client', () => {
  it('reads a buffered answer', async () => {
    const model: Model = () => [...say('Hel', 'lo 😀'), finish()];

    await withClient(model, async (client) => {
      const { data, response, request_id } = await client.chat.completions.create(HELLO).withResponse();

      expect(data.choices[0]?.message).toEqual({ role: 'assistant', content: 'Hello 😀', refusal: null });
      expect(data.usage).toMatchObject({ prompt_tokens: 150, completion_tokens: 20, cost_usd: 0.01245 });
      expect(request_id).toBe('client-1');
      expect(response.headers.get('x-fluxgate-request-id')).toBe('request-1');
    });
  });

  it('reads a streamed answer with its usage', async () => {
    const model: Model = () => [...say('Hel', 'lo', ' 😀'), finish('length')];

    await withClient(model, async (client) => {
      const stream = await client.chat.completions.create({
        ...HELLO,
        stream: true,
        stream_options: { include_usage: true },
      });
      const chunks = [];
      for await (const chunk of stream) chunks.push(chunk);

      expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe('Hello 😀');
      expect(chunks.at(-2)?.choices[0]?.finish_reason).toBe('length');
      expect(chunks.at(-1)?.usage).toMatchObject({ total_tokens: 170, cost_usd: 0.01245 });
    });
  });

  it('assembles streamed tool calls', async () => {
    const model: Model = () => [
      ...say('Looking.'),
      ...call(0, 'a', 'weather', '{"ci', 'ty":"Os', 'lo"}'),
      ...call(1, 'b', 'weather'),
      finish('tool_calls'),
    ];

    await withClient(model, async (client) => {
      const answer = await client.chat.completions.stream(HELLO).finalChatCompletion();

      expect(answer.choices[0]?.finish_reason).toBe('tool_calls');
      expect(answer.choices[0]?.message).toMatchObject({
        content: 'Looking.',
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'weather', arguments: '{"city":"Oslo"}' } },
          { id: 'b', type: 'function', function: { name: 'weather', arguments: '{}' } },
        ],
      });
    });
  });

  it.each([false, true])('runs tools to the end of the conversation (streamed: %s)', async (stream) => {
    const model: Model = ({ call: { messages } }) =>
      messages.at(-1)?.role === 'tool'
        ? [...say('It is cold.'), finish()]
        : [...call(0, 'a', 'weather', '{"city":"Oslo"}'), finish('tool_calls')];

    await withClient(model, async (client, seen) => {
      const tools = [
        {
          type: 'function' as const,
          function: {
            name: 'weather',
            description: 'The weather of a city.',
            parameters: { type: 'object', properties: { city: { type: 'string' } } },
            parse: JSON.parse,
            function: ({ city }: { city: string }) => `${city}: -5 degrees`,
          },
        },
      ];
      const runner = stream
        ? client.chat.completions.runTools({ ...HELLO, tools, stream: true })
        : client.chat.completions.runTools({ ...HELLO, tools });

      expect(await runner.finalContent()).toBe('It is cold.');
      expect(seen[1]?.call.messages.slice(1)).toEqual([
        {
          role: 'assistant',
          content: expect.arrayContaining([
            { type: 'tool_call', id: 'a', name: 'weather', arguments: { city: 'Oslo' } },
          ]),
        },
        { role: 'tool', callId: 'a', content: [{ type: 'text', text: 'Oslo: -5 degrees' }] },
      ]);
    });
  });

  it('sends an answer back as history unchanged', async () => {
    const model: Model = () => [...say('Hello.'), finish()];

    await withClient(model, async (client, seen) => {
      const first = await client.chat.completions.create(HELLO);
      const message = first.choices[0]?.message;
      if (!message) throw new Error('There is no answer.');
      await client.chat.completions.create({
        ...HELLO,
        messages: [...HELLO.messages, message, { role: 'user', content: 'Again?' }],
      });

      expect(seen[1]?.call.messages[1]).toEqual({ role: 'assistant', content: [{ type: 'text', text: 'Hello.' }] });
    });
  });

  it('raises the error of a stream that breaks after its first words', async () => {
    const model: Model = function* () {
      yield* say('Hel');
      throw new GatewayError('provider_stream_cut', 'The answer was cut: send the request again.');
    };

    await withClient(model, async (client) => {
      const stream = await client.chat.completions.create({ ...HELLO, stream: true });
      const texts: string[] = [];
      const reading = (async () => {
        for await (const chunk of stream) texts.push(chunk.choices[0]?.delta.content ?? '');
      })();

      await expect(reading).rejects.toMatchObject({
        code: 'provider_stream_cut',
        type: 'server_error',
        message: expect.stringContaining('The answer was cut'),
      });
      expect(texts.join('')).toBe('Hel');
    });
  });

  it.each([false, true])('raises the error of an answer that never began (streamed: %s)', async (stream) => {
    const model: Model = () => {
      throw new GatewayError('tokens_per_minute', 'Wait.', { retryAfterSeconds: 9 });
    };

    await withClient(model, async (client) => {
      const asked = client.chat.completions.create({ ...HELLO, stream });

      await expect(asked).rejects.toBeInstanceOf(OpenAI.RateLimitError);
      await expect(asked).rejects.toMatchObject({ status: 429, code: 'tokens_per_minute', requestID: 'client-1' });
    });
  });

  it('raises a refused request with the field at fault', async () => {
    await withClient(
      () => [finish()],
      async (client) => {
        const asked = client.chat.completions.create({ ...HELLO, tools: [], seed: 5 });

        await expect(asked).rejects.toBeInstanceOf(OpenAI.BadRequestError);
        await expect(asked).rejects.toMatchObject({ status: 400, code: 'unsupported_parameter', param: 'seed' });
      },
    );
  });

  it('has the fields that it sends honoured', async () => {
    await withClient(
      () => [...say('Yes.'), finish()],
      async (client, seen) => {
        await client.chat.completions.create({
          ...HELLO,
          tools: [{ ...aTool(), type: 'function' }],
          tool_choice: { type: 'function', function: { name: 'weather' } },
          parallel_tool_calls: true,
          max_completion_tokens: 50,
          temperature: 0.5,
          top_p: 0.9,
          stop: ['END'],
          n: 1,
          user: 'u-1',
          metadata: { team: 'blue' },
          response_format: { type: 'text' },
          service_tier: 'auto',
          store: false,
        });

        expect(seen[0]).toMatchObject({
          call: {
            tools: [{ name: 'weather' }],
            toolChoice: { name: 'weather' },
            maxOutputTokens: 50,
            temperature: 0.5,
            topP: 0.9,
            stop: ['END'],
          },
          user: 'u-1',
          metadata: { team: 'blue' },
        });
      },
    );
  });
});
