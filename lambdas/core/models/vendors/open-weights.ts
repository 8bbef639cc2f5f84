import type { Capabilities, Model, Price } from '../model';
import { MODELS_DEV, US_REGIONS } from './sources';

const TEXT = {
  tools: true,
  toolChoice: false,
  images: false,
  system: true,
  streaming: true,
} as const satisfies Capabilities;

/** Llama streams text, but answers tools only when it is not asked to stream. */
const LLAMA = { ...TEXT, streamingTools: false } as const satisfies Capabilities;

/** ConverseStream has refused gpt-oss; the whole answer is there in every case. */
const GPT_OSS = { ...TEXT, streaming: false } as const satisfies Capabilities;

const usPrices = (input: number, output: number, from: string): readonly Price[] => [
  { input, output, regions: US_REGIONS, from, ...MODELS_DEV },
];

export const OPEN_WEIGHTS = [
  {
    id: 'llama-4-maverick',
    ownedBy: 'meta',
    released: '2025-04-05',
    provider: 'bedrock',
    providerModelId: 'meta.llama4-maverick-17b-instruct-v1:0',
    profiles: ['us'],
    contextTokens: 1_000_000,
    maxOutputTokens: 8_192,
    capabilities: { ...LLAMA, images: true },
    prices: { geo: usPrices(0.24, 0.97, '2025-04-28') },
  },
  {
    id: 'llama-4-scout',
    ownedBy: 'meta',
    released: '2025-04-05',
    provider: 'bedrock',
    providerModelId: 'meta.llama4-scout-17b-instruct-v1:0',
    profiles: ['us'],
    contextTokens: 3_500_000,
    maxOutputTokens: 8_192,
    capabilities: { ...LLAMA, images: true },
    prices: { geo: usPrices(0.17, 0.66, '2025-04-28') },
  },
  {
    id: 'llama-3-3-70b',
    ownedBy: 'meta',
    released: '2024-12-06',
    provider: 'bedrock',
    providerModelId: 'meta.llama3-3-70b-instruct-v1:0',
    profiles: ['us'],
    contextTokens: 128_000,
    maxOutputTokens: 4_096,
    capabilities: LLAMA,
    prices: { geo: usPrices(0.72, 0.72, '2024-12-19') },
  },
  {
    id: 'gpt-oss-120b',
    ownedBy: 'openai',
    released: '2025-08-05',
    provider: 'bedrock',
    providerModelId: 'openai.gpt-oss-120b-1:0',
    profiles: [],
    contextTokens: 128_000,
    maxOutputTokens: 16_384,
    capabilities: GPT_OSS,
    prices: { region: usPrices(0.15, 0.6, '2025-08-05') },
  },
  {
    id: 'gpt-oss-20b',
    ownedBy: 'openai',
    released: '2025-08-05',
    provider: 'bedrock',
    providerModelId: 'openai.gpt-oss-20b-1:0',
    profiles: [],
    contextTokens: 128_000,
    maxOutputTokens: 16_384,
    capabilities: GPT_OSS,
    prices: { region: usPrices(0.07, 0.3, '2025-08-05') },
  },
  {
    id: 'mistral-large-3',
    ownedBy: 'mistral',
    released: '2025-12-02',
    provider: 'bedrock',
    providerModelId: 'mistral.mistral-large-3-675b-instruct',
    profiles: [],
    contextTokens: 256_000,
    maxOutputTokens: 8_192,
    capabilities: { ...TEXT, images: true },
    prices: { region: usPrices(0.5, 1.5, '2025-12-02') },
  },
  {
    id: 'deepseek-v3-1',
    ownedBy: 'deepseek',
    released: '2025-09-18',
    provider: 'bedrock',
    providerModelId: 'deepseek.v3-v1:0',
    profiles: [],
    contextTokens: 163_840,
    maxOutputTokens: 81_920,
    capabilities: TEXT,
    prices: { region: usPrices(0.58, 1.68, '2025-09-18') },
  },
  {
    id: 'deepseek-r1',
    ownedBy: 'deepseek',
    released: '2025-01-20',
    provider: 'bedrock',
    providerModelId: 'deepseek.r1-v1:0',
    profiles: ['us'],
    contextTokens: 128_000,
    maxOutputTokens: 32_768,
    capabilities: { ...TEXT, tools: false },
    prices: { geo: usPrices(1.35, 5.4, '2025-01-20') },
  },
] as const satisfies readonly Model[];
