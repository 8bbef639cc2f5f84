import { InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { countTokens } from '../../../local/bedrock/tokenizer';
import { aRequest, type SimulatorAndClient, startSimulatorAndClient, textOf } from './simulator-client';

let simulator: SimulatorAndClient;
beforeAll(async () => {
  simulator = await startSimulatorAndClient();
});
afterAll(() => simulator.stop());

const answerText = async (text: string, over = {}): Promise<string> => {
  const { output } = await simulator.converse(aRequest(text, over));
  return output?.message?.content?.[0]?.text ?? '';
};

describe('an answer of the simulator', () => {
  it('says that it is simulated, by which model, and what was asked', async () => {
    const text = await answerText('How are you?');

    expect(text).toMatch(/^\[simulated answer of amazon\.nova-lite-v1:0\] You wrote "How are you\?"\. /);
  });

  it('is the same for the same request, whatever its metadata', async () => {
    const once = await answerText('Again?', { requestMetadata: { request: 'a' } });
    const twice = await answerText('Again?', { requestMetadata: { request: 'b' } });

    expect(twice).toBe(once);
  });

  it.each([
    ['temperature', { inferenceConfig: { maxTokens: 500, temperature: 0.5 } }],
    ['system prompt', { system: [{ text: 'Be brief.' }] }],
    ['model', { modelId: 'us.amazon.nova-pro-v1:0' }],
  ])('changes with the %s', async (_, over) => {
    expect(await answerText('Again?', over)).not.toBe(await answerText('Again?'));
  });

  it('is the same text streamed as buffered', async () => {
    const events = await simulator.stream(aRequest('Stream it'));

    expect(textOf(events)).toBe(await answerText('Stream it'));
  });

  it('streams in the order of Bedrock and ends with the usage', async () => {
    const events = await simulator.stream(aRequest('[[exactly:one two three four five six seven]]'));

    expect(events.map((event) => Object.keys(event)[0])).toEqual([
      'messageStart',
      'contentBlockDelta',
      'contentBlockDelta',
      'contentBlockDelta',
      'contentBlockStop',
      'messageStop',
      'metadata',
    ]);
    expect(events.at(-1)?.metadata?.usage?.outputTokens).toBe(7);
  });

  it('counts input and output tokens', async () => {
    const { usage } = await simulator.converse(aRequest('Hi [[exactly:Hello there]]'));

    expect(usage).toMatchObject({ inputTokens: 4 + 3 + countTokens('Hi [[exactly:Hello there]]'), outputTokens: 2 });
    expect(usage?.totalTokens).toBe((usage?.inputTokens ?? 0) + 2);
  });

  it.each([
    ['[[say:Good morning]]', '[simulated answer of amazon.nova-lite-v1:0] Good morning'],
    ['[[exactly:{"a": [1]}]]', '{"a": [1]}'],
  ])('follows %s', async (marker, text) => {
    expect(await answerText(marker)).toBe(text);
  });

  it.each([['Write [[tokens:200]]'], ['Write 200 words, please.']])('is as long as %s asks', async (text) => {
    const { usage, stopReason } = await simulator.converse(aRequest(text));

    expect(usage?.outputTokens).toBe(200);
    expect(stopReason).toBe('end_turn');
  });

  it('stops at maxTokens', async () => {
    const { usage, stopReason } = await simulator.converse(
      aRequest('[[tokens:200]]', { inferenceConfig: { maxTokens: 30 } }),
    );

    expect(usage?.outputTokens).toBe(30);
    expect(stopReason).toBe('max_tokens');
  });

  it('stops before a stop sequence', async () => {
    const events = await simulator.stream(
      aRequest('[[exactly:one two END three]]', {
        inferenceConfig: { maxTokens: 30, stopSequences: ['END', 'three'] },
      }),
    );

    expect(textOf(events)).toBe('one two ');
    expect(events.find((event) => event.messageStop)?.messageStop?.stopReason).toBe('stop_sequence');
  });

  it('reports the stop reason that a marker names', async () => {
    const { stopReason } = await simulator.converse(aRequest('[[stop:content_filtered]]'));

    expect(stopReason).toBe('content_filtered');
  });

  it('reasons aloud before the answer when asked to', async () => {
    const { output } = await simulator.converse(aRequest('[[reasoning:Let me see]] [[exactly:Yes]]'));

    expect(output?.message?.content).toEqual([
      { reasoningContent: { reasoningText: { text: 'Let me see' } } },
      { text: 'Yes' },
    ]);
  });

  it('reports the prompt-cache tokens that a marker names, beside the input', async () => {
    const { usage } = await simulator.converse(aRequest('[[cache:read=1000,write5m=200,write1h=30]]'));

    expect(usage).toMatchObject({
      cacheReadInputTokens: 1000,
      cacheWriteInputTokens: 230,
      cacheDetails: [
        { ttl: '1h', inputTokens: 30 },
        { ttl: '5m', inputTokens: 200 },
      ],
    });
  });

  it('answers a model that is named by the ARN of its inference profile', async () => {
    const text = await answerText('Hello', {
      modelId: 'arn:aws:bedrock:us-east-1:123456789012:inference-profile/us.anthropic.claude-haiku-4-5-20251001-v1:0',
    });

    expect(text).toContain('[simulated answer of anthropic.claude-haiku-4-5-20251001-v1:0]');
  });
});

describe('an embedding of the simulator', () => {
  const embed = async (inputText: string, dimensions = 256): Promise<number[]> => {
    const { body } = await simulator.client.send(
      new InvokeModelCommand({
        modelId: 'amazon.titan-embed-text-v2:0',
        contentType: 'application/json',
        body: JSON.stringify({ inputText, dimensions }),
      }),
    );
    return JSON.parse(body.transformToString()).embedding;
  };
  const dot = (left: number[], right: number[]): number =>
    left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);

  it.each([256, 512, 1024])('is a unit vector of %d numbers', async (dimensions) => {
    const vector = await embed('A magnetic field', dimensions);

    expect(vector).toHaveLength(dimensions);
    expect(dot(vector, vector)).toBeCloseTo(1);
  });

  it('is the same for the same text, and nearer to a similar text than to another', async () => {
    const text = await embed('how to measure a magnetic field');
    const similar = await embed('how do I measure a magnetic field');
    const other = await embed('recipe for apple cake');

    expect(await embed('how to measure a magnetic field')).toEqual(text);
    expect(dot(text, similar)).toBeGreaterThan(dot(text, other) + 0.3);
  });
});
