import type { Price, Target } from '../../lambdas/core/models/model';

/** A price of 3 and 15 USD per million tokens; `changes` shows what matters. */
export const aPrice = (changes: Partial<Price> = {}): Price => ({
  input: 3,
  output: 15,
  from: '2025-01-01',
  asOf: '2025-01-01',
  source: 'test',
  ...changes,
});

/** A model at Bedrock that can do everything; `changes` shows what matters. */
export const aTarget = (changes: Partial<Target> = {}): Target => ({
  provider: 'bedrock',
  model: 'claude-sonnet-4-5',
  providerModelId: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
  region: 'us-east-1',
  scope: 'geo',
  contextTokens: 200_000,
  maxOutputTokens: 64_000,
  capabilities: { tools: true, toolChoice: true, images: true, system: true, streaming: true },
  price: aPrice(),
  ...changes,
});
