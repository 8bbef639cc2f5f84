import {
  BedrockRuntimeClient,
  ConverseCommand,
  type ConverseCommandInput,
  ConverseStreamCommand,
  type ConverseStreamOutput,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { SimulatorOptions } from '../../../local/bedrock/simulator';
import { startBedrockSimulator } from '../../../local/bedrock/simulator';

export const MODEL = 'amazon.nova-lite-v1:0';

/** A request with one user message; `over` replaces whole members. */
export const aRequest = (text: string, over: Partial<ConverseCommandInput> = {}): ConverseCommandInput => ({
  modelId: MODEL,
  messages: [{ role: 'user', content: [{ text }] }],
  inferenceConfig: { maxTokens: 500 },
  ...over,
});

export const WEATHER_TOOL = {
  toolSpec: {
    name: 'get_weather',
    description: 'The weather of a place',
    inputSchema: {
      json: {
        type: 'object',
        properties: {
          place: { type: 'string' },
          unit: { type: 'string', enum: ['celsius', 'fahrenheit'] },
          days: { type: 'integer', minimum: 3 },
          exact: { type: 'boolean' },
        },
        required: ['place', 'unit', 'days'],
      },
    },
  },
};

/** The simulator and the real SDK client, which talks to it over HTTP. */
export const startSimulatorAndClient = async (
  options: SimulatorOptions = { pace: { firstEventMs: 0, eventMs: 0 } },
) => {
  const simulator = await startBedrockSimulator(options);
  const client = new BedrockRuntimeClient({
    endpoint: simulator.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler(),
  });
  return {
    ...simulator,
    converse: (input: ConverseCommandInput, abortSignal?: AbortSignal) =>
      client.send(new ConverseCommand(input), { abortSignal }),
    /** Every event until the end of the stream; throws what the stream throws. */
    async stream(input: ConverseCommandInput, seen: ConverseStreamOutput[] = []): Promise<ConverseStreamOutput[]> {
      const { stream = [] } = await client.send(new ConverseStreamCommand(input));
      for await (const event of stream) seen.push(event);
      return seen;
    },
    client,
    async stop(): Promise<void> {
      client.destroy();
      await simulator.close();
    },
  };
};

export type SimulatorAndClient = Awaited<ReturnType<typeof startSimulatorAndClient>>;

export const textOf = (events: readonly ConverseStreamOutput[]): string =>
  events.map((event) => event.contentBlockDelta?.delta?.text ?? '').join('');
