import { invalid } from './bedrock-error';

/** What the simulator knows of one foundation model; ids and limits as Bedrock documents them. */
export type SimulatedModel = {
  id: string;
  contextTokens: number;
  maxOutputTokens: number;
  /** Prefixes of its inference profiles. */
  profiles: readonly string[];
  /** Callable by its own id; newer models only through a profile. */
  onDemand: boolean;
  tools: boolean;
  /** `toolChoice.any` and `toolChoice.tool` are understood. */
  toolChoice: boolean;
  /** Answers ConverseStream, and calls tools in it. */
  streaming: boolean;
  streamingTools: boolean;
  images: boolean;
  system: boolean;
  maxStopSequences: number;
  /** Refuses `temperature` and `topP` in one request. */
  temperatureOrTopP: boolean;
  /** Continues an assistant message that ends the conversation. */
  prefill: boolean;
};

const DEFAULTS = {
  profiles: [],
  onDemand: true,
  tools: true,
  toolChoice: true,
  streaming: true,
  streamingTools: true,
  images: false,
  system: true,
  maxStopSequences: 2_500,
  temperatureOrTopP: false,
  prefill: false,
} as const satisfies Partial<SimulatedModel>;

type Row = Partial<SimulatedModel> & Pick<SimulatedModel, 'id' | 'contextTokens' | 'maxOutputTokens'>;

const GEOGRAPHIES = ['us', 'eu', 'apac'] as const;
const NOVA = { profiles: GEOGRAPHIES, maxStopSequences: 4, images: true } as const;
const CLAUDE_3 = { profiles: GEOGRAPHIES, images: true, prefill: true } as const;
const CLAUDE = {
  profiles: ['us', 'eu', 'apac', 'jp', 'au', 'ca', 'us-gov', 'global'],
  onDemand: false,
  images: true,
  prefill: true,
  temperatureOrTopP: true,
} as const;
const LLAMA = { profiles: ['us'], toolChoice: false, streamingTools: false } as const;
const LLAMA_4 = { ...LLAMA, images: true } as const;
const GPT_OSS = { maxStopSequences: 4, streaming: false } as const;

const ROWS: readonly Row[] = [
  { id: 'amazon.nova-micro-v1:0', contextTokens: 128_000, maxOutputTokens: 10_000, ...NOVA, images: false },
  { id: 'amazon.nova-lite-v1:0', contextTokens: 300_000, maxOutputTokens: 10_000, ...NOVA },
  { id: 'amazon.nova-pro-v1:0', contextTokens: 300_000, maxOutputTokens: 10_000, ...NOVA },
  { id: 'amazon.nova-premier-v1:0', contextTokens: 1_000_000, maxOutputTokens: 32_000, ...NOVA, onDemand: false },
  {
    id: 'amazon.nova-2-lite-v1:0',
    contextTokens: 1_000_000,
    maxOutputTokens: 65_536,
    ...NOVA,
    profiles: ['us', 'eu', 'jp', 'global'],
    onDemand: false,
  },
  { id: 'anthropic.claude-3-haiku-20240307-v1:0', contextTokens: 200_000, maxOutputTokens: 4_096, ...CLAUDE_3 },
  { id: 'anthropic.claude-3-sonnet-20240229-v1:0', contextTokens: 200_000, maxOutputTokens: 4_096, ...CLAUDE_3 },
  { id: 'anthropic.claude-3-5-haiku-20241022-v1:0', contextTokens: 200_000, maxOutputTokens: 8_192, ...CLAUDE_3 },
  { id: 'anthropic.claude-3-5-sonnet-20240620-v1:0', contextTokens: 200_000, maxOutputTokens: 4_096, ...CLAUDE_3 },
  { id: 'anthropic.claude-3-5-sonnet-20241022-v2:0', contextTokens: 200_000, maxOutputTokens: 8_192, ...CLAUDE_3 },
  {
    id: 'anthropic.claude-3-7-sonnet-20250219-v1:0',
    contextTokens: 200_000,
    maxOutputTokens: 131_072,
    ...CLAUDE_3,
    onDemand: false,
  },
  {
    id: 'anthropic.claude-sonnet-4-20250514-v1:0',
    contextTokens: 200_000,
    maxOutputTokens: 65_536,
    ...CLAUDE,
    temperatureOrTopP: false,
  },
  { id: 'anthropic.claude-opus-4-1-20250805-v1:0', contextTokens: 200_000, maxOutputTokens: 32_000, ...CLAUDE },
  { id: 'anthropic.claude-sonnet-4-5-20250929-v1:0', contextTokens: 200_000, maxOutputTokens: 64_000, ...CLAUDE },
  { id: 'anthropic.claude-haiku-4-5-20251001-v1:0', contextTokens: 200_000, maxOutputTokens: 64_000, ...CLAUDE },
  { id: 'anthropic.claude-opus-4-5-20251101-v1:0', contextTokens: 200_000, maxOutputTokens: 64_000, ...CLAUDE },
  { id: 'anthropic.claude-opus-4-6-v1', contextTokens: 1_000_000, maxOutputTokens: 128_000, ...CLAUDE, prefill: false },
  { id: 'anthropic.claude-sonnet-4-6', contextTokens: 1_000_000, maxOutputTokens: 64_000, ...CLAUDE },
  { id: 'meta.llama3-1-8b-instruct-v1:0', contextTokens: 128_000, maxOutputTokens: 8_192, ...LLAMA },
  { id: 'meta.llama3-1-70b-instruct-v1:0', contextTokens: 128_000, maxOutputTokens: 8_192, ...LLAMA },
  { id: 'meta.llama3-3-70b-instruct-v1:0', contextTokens: 128_000, maxOutputTokens: 8_192, ...LLAMA },
  { id: 'meta.llama4-scout-17b-instruct-v1:0', contextTokens: 3_500_000, maxOutputTokens: 8_192, ...LLAMA_4 },
  { id: 'meta.llama4-maverick-17b-instruct-v1:0', contextTokens: 1_000_000, maxOutputTokens: 8_192, ...LLAMA_4 },
  { id: 'mistral.mistral-large-3-675b-instruct', contextTokens: 256_000, maxOutputTokens: 32_768, images: true },
  { id: 'deepseek.r1-v1:0', contextTokens: 128_000, maxOutputTokens: 32_768, profiles: ['us'], tools: false },
  { id: 'deepseek.v3-v1:0', contextTokens: 164_000, maxOutputTokens: 81_920 },
  { id: 'qwen.qwen3-32b-v1:0', contextTokens: 32_768, maxOutputTokens: 16_384 },
  { id: 'openai.gpt-oss-20b-1:0', contextTokens: 128_000, maxOutputTokens: 128_000, ...GPT_OSS },
  { id: 'openai.gpt-oss-120b-1:0', contextTokens: 128_000, maxOutputTokens: 128_000, ...GPT_OSS },
];

export const SIMULATED_MODELS: readonly SimulatedModel[] = ROWS.map((row) => ({ ...DEFAULTS, ...row }));

const ARN = /^arn:aws[a-z-]*:bedrock:[a-z0-9-]*:\d*:(?:foundation-model|inference-profile)\/(.+)$/;
const PROFILE = /^(us-gov|[a-z]{2,6})\.(.+\..+)$/;

/**
 * The model behind a `modelId`: a foundation model, an inference profile, or the ARN of one.
 * Throws Bedrock's own refusals: an unknown identifier, and a direct call of a model that needs a profile.
 */
export const findModel = (modelId: string): SimulatedModel => {
  const id = ARN.exec(modelId)?.[1] ?? modelId;
  const [, prefix, behindProfile] = PROFILE.exec(id) ?? [];
  const model = SIMULATED_MODELS.find((candidate) => candidate.id === (behindProfile ?? id));
  if (!model || (prefix && !model.profiles.includes(prefix)))
    throw invalid('The provided model identifier is invalid.');
  if (prefix || model.onDemand) return model;
  throw invalid(
    `Invocation of model ID ${model.id} with on-demand throughput isn’t supported. ` +
      'Retry your request with the ID or ARN of an inference profile that contains this model.',
  );
};
