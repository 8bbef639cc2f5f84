import type { Capabilities, Model, Price } from '../model';
import { LITELLM, US_REGIONS } from './sources';

const CLAUDE_3 = {
  tools: true,
  toolChoice: true,
  images: true,
  system: true,
  streaming: true,
  blankStops: false,
} as const satisfies Capabilities;

/** From 4.5 on Claude refuses `temperature` and `top_p` in one request. */
const CLAUDE_4 = { ...CLAUDE_3, sampling: 'either' } as const satisfies Capabilities;

const SURCHARGE = { global: 1, geo: 1.1 } as const;

/** Removes the tail that binary fractions leave; prices have at most four decimals. */
const toPrintedPrice = (usdPerMillion: number): number => Number(usdPerMillion.toFixed(4));

/** Cache reads cost a tenth of the input, five-minute writes a quarter more than it, one-hour writes twice as much. */
const claudePrice = (input: number, output: number, scope: keyof typeof SURCHARGE, from: string): Price => ({
  input: toPrintedPrice(input * SURCHARGE[scope]),
  output: toPrintedPrice(output * SURCHARGE[scope]),
  cacheRead: toPrintedPrice(input * SURCHARGE[scope] * 0.1),
  cacheWrite5m: toPrintedPrice(input * SURCHARGE[scope] * 1.25),
  cacheWrite1h: toPrintedPrice(input * SURCHARGE[scope] * 2),
  from,
  ...LITELLM,
});

/** Claude 4.5 and newer: a geographic profile costs a tenth more than the global one, the same in every Region. */
const claudePrices = (input: number, output: number, from: string) => ({
  geo: [claudePrice(input, output, 'geo', from)],
  global: [claudePrice(input, output, 'global', from)],
});

/** Claude 3 and 3.5: one price for profile and Region, known for the United States only. */
const claude3Prices = (input: number, output: number, from: string) => {
  const prices: readonly Price[] = [{ input, output, regions: US_REGIONS, from, ...LITELLM }];
  return { geo: prices, region: prices };
};

/** A list that named Opus 4.5 before its release, at the price of Opus 4.1; no call was ever charged by it. */
const OPUS_4_5_ANNOUNCED = {
  input: 15,
  output: 75,
  from: '2025-01-01',
  asOf: '2025-01-31',
  source: 'price list of January 2025, superseded at the release',
} as const satisfies Price;

const opus45Prices = claudePrices(5, 25, '2025-11-24');

export const ANTHROPIC = [
  {
    id: 'claude-opus-4-6',
    ownedBy: 'anthropic',
    released: '2026-02-05',
    provider: 'bedrock',
    providerModelId: 'anthropic.claude-opus-4-6-v1',
    profiles: ['us', 'eu', 'au', 'global'],
    contextTokens: 1_000_000,
    maxOutputTokens: 128_000,
    capabilities: CLAUDE_4,
    prices: claudePrices(5, 25, '2026-02-05'),
  },
  {
    id: 'claude-opus-4-5',
    ownedBy: 'anthropic',
    released: '2025-11-24',
    provider: 'bedrock',
    providerModelId: 'anthropic.claude-opus-4-5-20251101-v1:0',
    profiles: ['us', 'eu', 'global'],
    contextTokens: 200_000,
    maxOutputTokens: 64_000,
    capabilities: CLAUDE_4,
    prices: { geo: opus45Prices.geo, global: [OPUS_4_5_ANNOUNCED, ...opus45Prices.global] },
  },
  {
    id: 'claude-sonnet-4-6',
    ownedBy: 'anthropic',
    released: '2026-02-17',
    provider: 'bedrock',
    providerModelId: 'anthropic.claude-sonnet-4-6',
    profiles: ['us', 'eu', 'au', 'jp', 'global'],
    contextTokens: 1_000_000,
    maxOutputTokens: 64_000,
    capabilities: CLAUDE_4,
    prices: claudePrices(3, 15, '2026-02-17'),
  },
  {
    id: 'claude-sonnet-4-5',
    ownedBy: 'anthropic',
    released: '2025-09-29',
    provider: 'bedrock',
    providerModelId: 'anthropic.claude-sonnet-4-5-20250929-v1:0',
    profiles: ['us', 'eu', 'au', 'jp', 'global'],
    contextTokens: 200_000,
    maxOutputTokens: 64_000,
    capabilities: CLAUDE_4,
    prices: claudePrices(3, 15, '2025-09-29'),
  },
  {
    id: 'claude-haiku-4-5',
    ownedBy: 'anthropic',
    released: '2025-10-15',
    provider: 'bedrock',
    providerModelId: 'anthropic.claude-haiku-4-5-20251001-v1:0',
    profiles: ['us', 'eu', 'au', 'jp', 'global'],
    contextTokens: 200_000,
    maxOutputTokens: 64_000,
    capabilities: CLAUDE_4,
    prices: claudePrices(1, 5, '2025-10-15'),
  },
  {
    id: 'claude-3-5-sonnet',
    ownedBy: 'anthropic',
    released: '2024-06-20',
    provider: 'bedrock',
    providerModelId: 'anthropic.claude-3-5-sonnet-20240620-v1:0',
    profiles: ['us', 'eu', 'apac'],
    contextTokens: 200_000,
    maxOutputTokens: 4_096,
    capabilities: CLAUDE_3,
    prices: claude3Prices(3, 15, '2024-06-20'),
  },
  {
    id: 'claude-3-sonnet',
    ownedBy: 'anthropic',
    released: '2024-03-04',
    provider: 'bedrock',
    providerModelId: 'anthropic.claude-3-sonnet-20240229-v1:0',
    profiles: ['us', 'eu', 'apac'],
    contextTokens: 200_000,
    maxOutputTokens: 4_096,
    capabilities: CLAUDE_3,
    prices: claude3Prices(3, 15, '2024-03-04'),
  },
  {
    id: 'claude-3-haiku',
    ownedBy: 'anthropic',
    released: '2024-03-13',
    provider: 'bedrock',
    providerModelId: 'anthropic.claude-3-haiku-20240307-v1:0',
    profiles: ['us', 'eu', 'apac'],
    contextTokens: 200_000,
    maxOutputTokens: 4_096,
    capabilities: CLAUDE_3,
    prices: claude3Prices(0.25, 1.25, '2024-03-13'),
  },
] as const satisfies readonly Model[];
