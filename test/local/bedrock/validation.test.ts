import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { aRequest, type SimulatorAndClient, startSimulatorAndClient, WEATHER_TOOL } from './simulator-client';

let simulator: SimulatorAndClient;
beforeAll(async () => {
  simulator = await startSimulatorAndClient();
});
afterAll(() => simulator.stop());

type Messages = ConverseCommandInput['messages'];
const user = (text = 'Hi') => ({ role: 'user' as const, content: [{ text }] });
const assistant = (text = 'Hello') => ({ role: 'assistant' as const, content: [{ text }] });
const toolUse = { toolUse: { toolUseId: 'a', name: 'get_weather', input: {} } };
const toolResult = (toolUseId = 'a', text = 'rain') => ({ toolResult: { toolUseId, content: [{ text }] } });
const toolConfig = { tools: [WEATHER_TOOL] };
const dialogue = (...messages: NonNullable<Messages>): Partial<ConverseCommandInput> => ({ messages, toolConfig });
const inference = (over: object) => ({ inferenceConfig: { maxTokens: 10, ...over } });
const withTool = (over: object) => ({
  toolConfig: { tools: [{ toolSpec: { ...WEATHER_TOOL.toolSpec, ...over } }] },
});
const aGif = Buffer.from('R0lGODlhAQABAAAAACwAAAAAAQABAAA=', 'base64');
const CLAUDE = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';

const REFUSED: [string, Partial<ConverseCommandInput>, RegExp][] = [
  ['an unknown model', { modelId: 'amazon.nova-huge-v1:0' }, /model identifier is invalid/],
  ['an unknown profile', { modelId: 'moon.amazon.nova-lite-v1:0' }, /model identifier is invalid/],
  ['a model that needs a profile', { modelId: 'anthropic.claude-haiku-4-5-20251001-v1:0' }, /on-demand throughput/],
  ['no messages', { messages: [] }, /must start with a user message/],
  ['an assistant first', { messages: [assistant(), user()] }, /must start with a user message/],
  ['two users in a row', { messages: [user(), user()] }, /must alternate/],
  ['an empty message', { messages: [{ role: 'user', content: [] }] }, /messages\.0 is empty/],
  ['an empty text', { messages: [user('')] }, /messages\.0\.content\.0 is blank/],
  ['a blank text', { messages: [user(' \n')] }, /messages\.0\.content\.0 is blank/],
  ['a blank system text', { system: [{ text: '' }] }, /system\.0 is blank/],
  ['an assistant last, where that is not supported', { messages: [user(), assistant()] }, /end with a user message/],
  ['a prefill that ends in a space', { modelId: CLAUDE, messages: [user(), assistant('So ')] }, /trailing whitespace/],
  [
    'a tool use of the user',
    dialogue({ role: 'user', content: [toolUse] }),
    /cannot be used in a message of the role user/,
  ],
  [
    'tool content without toolConfig',
    {
      ...dialogue(user(), { role: 'assistant', content: [toolUse] }, { role: 'user', content: [toolResult()] }),
      toolConfig: undefined,
    },
    /toolConfig field must be defined/,
  ],
  [
    'a tool use without its result',
    dialogue(user(), { role: 'assistant', content: [toolUse] }, user()),
    /Expected toolResult blocks at messages\.2\.content .* a$/,
  ],
  [
    'a tool use at the end',
    { ...dialogue(user(), { role: 'assistant', content: [toolUse] }), modelId: CLAUDE },
    /Expected toolResult blocks at messages\.2/,
  ],
  [
    'a result that nobody asked for',
    dialogue(user(), assistant(), { role: 'user', content: [toolResult()] }),
    /exceeds the number of toolUse blocks/,
  ],
  [
    'a result of another call',
    dialogue(
      user(),
      { role: 'assistant', content: [toolUse] },
      { role: 'user', content: [toolResult(), toolResult('b')] },
    ),
    /exceeds the number/,
  ],
  [
    'a blank tool result',
    dialogue(user(), { role: 'assistant', content: [toolUse] }, { role: 'user', content: [toolResult('a', '')] }),
    /toolResult is blank/,
  ],
  ['a tool name with a space', withTool({ name: 'get weather' }), /toolSpec\.name' .* regular expression pattern/],
  [
    'a tool schema that is no object',
    withTool({ inputSchema: { json: { type: 'string' } } }),
    /must be one of the following: object/,
  ],
  ['an empty tool description', withTool({ description: '' }), /description/],
  ['two tools of one name', { toolConfig: { tools: [WEATHER_TOOL, WEATHER_TOOL] } }, /must be unique/],
  ['no tools', { toolConfig: { tools: [] } }, /toolConfig\.tools/],
  [
    'a chosen tool that is not there',
    { toolConfig: { ...toolConfig, toolChoice: { tool: { name: 'other' } } } },
    /names no tool/,
  ],
  [
    'a tool choice of a model without it',
    { modelId: 'meta.llama3-3-70b-instruct-v1:0', toolConfig: { ...toolConfig, toolChoice: { any: {} } } },
    /doesn't support the toolConfig\.toolChoice\.any/,
  ],
  ['tools of a model without tools', { modelId: 'deepseek.r1-v1:0', toolConfig }, /doesn't support tool use/],
  ['no maxTokens', { inferenceConfig: {} }, /inferenceConfig\.maxTokens/],
  ['maxTokens of 0', inference({ maxTokens: 0 }), /inferenceConfig\.maxTokens/],
  ['maxTokens above the model', inference({ maxTokens: 10_001 }), /exceeds the model limit of 10000/],
  ['a temperature above 1', inference({ temperature: 1.5 }), /temperature/],
  [
    'temperature and topP of a Claude',
    { modelId: CLAUDE, ...inference({ temperature: 1, topP: 1 }) },
    /cannot both be specified/,
  ],
  ['an empty stop sequence', inference({ stopSequences: [''] }), /stopSequences/],
  [
    'too many stop sequences',
    inference({ stopSequences: ['a', 'b', 'c', 'd', 'e'] }),
    /stop sequences exceeds the model limit of 4/,
  ],
  [
    'an image that is none',
    { messages: [{ role: 'user', content: [{ image: { format: 'png', source: { bytes: aGif } } }] }] },
    /is no png file/,
  ],
  [
    'an image for a model without eyes',
    {
      modelId: 'amazon.nova-micro-v1:0',
      messages: [{ role: 'user', content: [{ image: { format: 'gif', source: { bytes: aGif } } }] }],
    },
    /doesn't support the image/,
  ],
  ['a prompt beyond the context', { messages: [user('word '.repeat(300_000))] }, /Input is too long/],
  ['metadata with a brace', { requestMetadata: { id: '{}' } }, /requestMetadata/],
  [
    'a field that is not simulated',
    { guardrailConfig: { guardrailIdentifier: 'g', guardrailVersion: '1' } },
    /guardrailConfig/,
  ],
  ['an unknown fault', { messages: [user('[[fault:trottle]]')] }, /knows no fault "trottle"/],
  ['a fault without its value', { messages: [user('[[fault:cut]]')] }, /knows no fault "cut"/],
  ['a marker that wants a number', { messages: [user('[[tokens:many]]')] }, /wants a whole number/],
];

describe('the simulator refuses', () => {
  it.each(REFUSED)('%s', async (_, over, message) => {
    const refused = simulator.converse(aRequest('Hi', over));

    await expect(refused).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringMatching(message),
      $metadata: { httpStatusCode: 400, requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
    });
  });

  it.each([
    ['an unknown field', { messages: [user()], inferenceConfig: { maxTokens: 1 }, colour: 'red' }, 'colour'],
    [
      'a block of two kinds',
      {
        messages: [{ role: 'user', content: [{ text: 'a', cachePoint: { type: 'default' } }] }],
        inferenceConfig: { maxTokens: 1 },
      },
      'messages.0.content.0',
    ],
    ['a body that is no object', 'text', 'body'],
  ])('%s, which the SDK would not send', async (_, body, path) => {
    const response = await fetch(`${simulator.url}/model/amazon.nova-lite-v1%3A0/converse`, {
      method: 'POST',
      body: JSON.stringify(body),
    });

    expect(response.status).toBe(400);
    expect(response.headers.get('x-amzn-errortype')).toMatch(/^ValidationException:/);
    expect(await response.json()).toEqual({ message: expect.stringContaining(`'${path}'`) });
  });

  it('a body that is no JSON', async () => {
    const response = await fetch(`${simulator.url}/model/amazon.nova-lite-v1%3A0/converse`, {
      method: 'POST',
      body: '{',
    });

    expect(await response.json()).toEqual({ message: 'The request body is not JSON.' });
  });

  it.each([
    ['a stream of a model without streams', { modelId: 'openai.gpt-oss-20b-1:0' }, 'ConverseStream'],
    [
      'tools in a stream where they need a whole answer',
      { modelId: 'us.meta.llama3-3-70b-instruct-v1:0', toolConfig },
      'streaming mode',
    ],
  ])('%s', async (_, over, message) => {
    await expect(simulator.stream(aRequest('Hi', over))).rejects.toThrow(message);
  });

  it('without charging', async () => {
    simulator.bill.reset();

    await expect(simulator.converse(aRequest(' '))).rejects.toThrow('blank');

    expect(simulator.bill.entries()).toMatchObject([{ status: 400, billed: undefined, served: { events: 0 } }]);
  });
});

describe('the simulator accepts', () => {
  it.each<[string, Partial<ConverseCommandInput>]>([
    [
      'a dialogue with tools',
      dialogue(
        user(),
        { role: 'assistant', content: [{ text: 'Wait' }, toolUse] },
        { role: 'user', content: [toolResult()] },
      ),
    ],
    [
      'an image',
      {
        messages: [
          { role: 'user', content: [{ text: 'What is it?' }, { image: { format: 'gif', source: { bytes: aGif } } }] },
        ],
      },
    ],
    ['cache points', { system: [{ text: 'Brief' }, { cachePoint: { type: 'default', ttl: '1h' } }] }],
    ['a prefill of a Claude', { modelId: CLAUDE, messages: [user(), assistant('So')] }],
    ['a service tier', { serviceTier: { type: 'flex' } }],
    ['metadata', { requestMetadata: { 'request-id': 'abc_DEF-123', account: 'acme' } }],
  ])('%s', async (_, over) => {
    const { stopReason } = await simulator.converse(aRequest('Hi', over));

    expect(stopReason).toBe('end_turn');
  });
});
