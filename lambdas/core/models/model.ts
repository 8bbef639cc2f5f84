/** USD per million tokens, as the vendor prints them. A kind that is absent has no known price. */
export type Price = {
  input: number;
  output: number;
  cacheRead?: number;
  cacheWrite5m?: number;
  cacheWrite1h?: number;
  /** Beginnings of the names of the calling Regions whose price list this is (`us-`, `eu-west-1`); absent: every Region. */
  regions?: readonly string[];
  /** The day from which this price holds, ISO date. */
  from: string;
  /** The day on which somebody last compared it with its source, ISO date. */
  asOf: string;
  source: string;
};

/** Whose price list applies: Bedrock charges in-Region and geographic profiles more than global ones for some models. */
export type RegionScope = 'region' | 'geo' | 'global';

export type Capabilities = {
  tools: boolean;
  toolChoice: boolean;
  images: boolean;
  system: boolean;
  streaming: boolean;
  /** False for models that stream text but refuse to stream once tools are offered. */
  streamingTools?: false;
  /** Sampling parameters that the model accepts: both `temperature` and `topP` (the default), one of them, or none. */
  sampling?: 'both' | 'either' | 'none';
  /** False for models that refuse stop sequences of white space only. */
  blankStops?: false;
};

/** One model of the catalogue: what a client can name, and the provider's model that answers. */
export type Model = {
  /** The public id, and the value of every `model` label. */
  id: string;
  ownedBy: string;
  /** When the vendor released it, ISO date; `/v1/models` prints it as `created`. */
  released: string;
  provider: 'bedrock';
  /** The provider's own id, without an inference profile's prefix. */
  providerModelId: string;
  /** Geographic prefixes that have an inference profile (`us`, `eu`, `apac`, ...) and `global`; empty for models called directly. */
  profiles: readonly string[];
  contextTokens: number;
  maxOutputTokens: number;
  capabilities: Capabilities;
  /** Per scope, ordered by `from`. A scope without an entry cannot be called. */
  prices: Readonly<Partial<Record<RegionScope, readonly Price[]>>>;
};

/** A place that can answer a call: a model at a provider, reached in one way, at one price. */
export type Target = {
  provider: 'bedrock';
  /** The catalogue's model id. */
  model: string;
  /** What is sent as `modelId`: the inference profile or the foundation model. */
  providerModelId: string;
  region: string;
  scope: RegionScope;
  contextTokens: number;
  maxOutputTokens: number;
  capabilities: Capabilities;
  price: Price;
};
