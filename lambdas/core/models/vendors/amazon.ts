import type { Capabilities, Model, Price } from '../model';
import { LITELLM, MODELS_DEV, US_REGIONS } from './sources';

const NOVA = {
  tools: true,
  toolChoice: true,
  images: true,
  system: true,
  streaming: true,
} as const satisfies Capabilities;

/** Nova 1 costs the same through the `us` profile and in the Region; Europe and Asia have other prices, not known here. */
const novaPrices = (price: Pick<Price, 'input' | 'output' | 'cacheRead'>) => {
  const prices: readonly Price[] = [{ ...price, regions: US_REGIONS, from: '2024-12-03', ...MODELS_DEV }];
  return { geo: prices, region: prices };
};

export const AMAZON = [
  {
    id: 'nova-2-lite',
    ownedBy: 'amazon',
    released: '2025-12-02',
    provider: 'bedrock',
    providerModelId: 'amazon.nova-2-lite-v1:0',
    profiles: ['us', 'eu', 'jp', 'global'],
    contextTokens: 1_000_000,
    maxOutputTokens: 64_000,
    capabilities: NOVA,
    prices: {
      geo: [{ input: 0.33, output: 2.75, cacheRead: 0.0825, from: '2025-12-02', ...LITELLM }],
      global: [{ input: 0.3, output: 2.5, cacheRead: 0.075, from: '2025-12-02', ...LITELLM }],
    },
  },
  {
    id: 'nova-pro',
    ownedBy: 'amazon',
    released: '2024-12-03',
    provider: 'bedrock',
    providerModelId: 'amazon.nova-pro-v1:0',
    profiles: ['us', 'eu', 'apac'],
    contextTokens: 300_000,
    maxOutputTokens: 8_192,
    capabilities: NOVA,
    prices: novaPrices({ input: 0.8, output: 3.2, cacheRead: 0.2 }),
  },
  {
    id: 'nova-lite',
    ownedBy: 'amazon',
    released: '2024-12-03',
    provider: 'bedrock',
    providerModelId: 'amazon.nova-lite-v1:0',
    profiles: ['us', 'eu', 'apac'],
    contextTokens: 300_000,
    maxOutputTokens: 8_192,
    capabilities: NOVA,
    prices: novaPrices({ input: 0.06, output: 0.24, cacheRead: 0.015 }),
  },
  {
    id: 'nova-micro',
    ownedBy: 'amazon',
    released: '2024-12-03',
    provider: 'bedrock',
    providerModelId: 'amazon.nova-micro-v1:0',
    profiles: ['us', 'eu', 'apac'],
    contextTokens: 128_000,
    maxOutputTokens: 8_192,
    capabilities: { ...NOVA, images: false },
    prices: novaPrices({ input: 0.035, output: 0.14, cacheRead: 0.00875 }),
  },
] as const satisfies readonly Model[];
