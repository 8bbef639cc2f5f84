import { aRequest, type SimulatorAndClient, startSimulatorAndClient, WEATHER_TOOL } from './simulator-client';

let simulator: SimulatorAndClient;
beforeAll(async () => {
  simulator = await startSimulatorAndClient();
});
afterAll(() => simulator.stop());

const TIME_TOOL = {
  toolSpec: { name: 'get_time', inputSchema: { json: { type: 'object', properties: {} } } },
};
const toolConfig = { tools: [WEATHER_TOOL, TIME_TOOL] };

const toolCalls = async (text: string, over = {}) => {
  const { output, stopReason } = await simulator.converse(aRequest(text, { toolConfig, ...over }));
  return { stopReason, names: output?.message?.content?.flatMap((block) => block.toolUse?.name ?? []) };
};

describe('a tool of the simulator', () => {
  it.each([
    ['the text names it', 'Please get_weather of Oslo', {}, ['get_weather']],
    ['the text asks for the tool', 'Use the tool!', {}, ['get_weather']],
    ['the text names several', 'get_time and get_weather', {}, ['get_weather', 'get_time']],
    ['the text asks for all', 'Call all the tools', {}, ['get_weather', 'get_time']],
    ['a marker lists them', '[[tools:get_time,get_time]]', {}, ['get_time', 'get_time']],
    ['any is chosen', 'Hello', { toolConfig: { ...toolConfig, toolChoice: { any: {} } } }, ['get_weather']],
    [
      'it is chosen by name',
      'Hello',
      { toolConfig: { ...toolConfig, toolChoice: { tool: { name: 'get_time' } } } },
      ['get_time'],
    ],
  ])('is called when %s', async (_, text, over, names) => {
    expect(await toolCalls(text, over)).toEqual({ stopReason: 'tool_use', names });
  });

  it('is not called when nobody asks for it', async () => {
    expect(await toolCalls('Hello')).toEqual({ stopReason: 'end_turn', names: [] });
  });

  it('gets arguments that satisfy its schema, in several fragments', async () => {
    const events = await simulator.stream(aRequest('Use get_weather', { toolConfig }));

    const fragments = events.flatMap((event) => event.contentBlockDelta?.delta?.toolUse?.input ?? []);
    expect(fragments.length).toBeGreaterThan(2);
    expect(JSON.parse(fragments.join(''))).toEqual({ place: 'simulated place', unit: 'celsius', days: 3 });
    expect(events.find((event) => event.contentBlockStart)?.contentBlockStart?.start?.toolUse).toMatchObject({
      name: 'get_weather',
      toolUseId: expect.stringMatching(/^tooluse_[\w-]{22}$/),
    });
  });

  it('has its results mentioned in the answer that follows', async () => {
    const { output, stopReason } = await simulator.converse(
      aRequest('unused', {
        toolConfig,
        messages: [
          { role: 'user', content: [{ text: 'get_weather' }] },
          { role: 'assistant', content: [{ toolUse: { toolUseId: 'a', name: 'get_weather', input: {} } }] },
          { role: 'user', content: [{ toolResult: { toolUseId: 'a', content: [{ text: 'rain' }] } }] },
        ],
      }),
    );

    expect(stopReason).toBe('end_turn');
    expect(output?.message?.content?.[0]?.text).toContain('The tools returned "rain".');
  });

  it('has its arguments cut by maxTokens', async () => {
    const events = await simulator.stream(
      aRequest('[[exactly:x]] get_weather', { toolConfig, inferenceConfig: { maxTokens: 10 } }),
    );

    const json = events.map((event) => event.contentBlockDelta?.delta?.toolUse?.input ?? '').join('');
    expect(() => JSON.parse(json)).toThrow(SyntaxError);
    expect(events.find((event) => event.messageStop)?.messageStop?.stopReason).toBe('max_tokens');
    expect(events.at(-1)?.metadata?.usage?.outputTokens).toBe(10);
  });
});
