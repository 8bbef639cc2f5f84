import type { Price } from '../model';

/** A price list, and the day on which it was last read. */
export type Source = Pick<Price, 'asOf' | 'source'>;

/** Prices and limits per Bedrock model id; for Claude 4.5 and newer its `us.` rows lack the geographic surcharge. */
export const MODELS_DEV = {
  asOf: '2026-07-02',
  source: 'https://github.com/anomalyco/models.dev/tree/f3fc692/providers/amazon-bedrock/models',
} as const satisfies Source;

/** The same per inference profile, with the geographic surcharge and the price of one-hour cache writes. */
export const LITELLM = {
  asOf: '2026-07-02',
  source: 'https://github.com/BerriAI/litellm/blob/00035b6/model_prices_and_context_window.json',
} as const satisfies Source;

/** The commercial Regions of the United States: other Regions have price lists of their own for most models. */
export const US_REGIONS = ['us-east-', 'us-west-'] as const satisfies Price['regions'];
