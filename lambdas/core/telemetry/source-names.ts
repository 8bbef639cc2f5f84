import type { AnnotationValue } from './ports';

/**
 * The names under which other gateways' dashboards look for a fact, by the name that it has here. X-Ray keeps them as
 * metadata, which costs nothing to index; OpenTelemetry as attributes.
 */
export const SOURCE_NAMES = {
  model_id: ['model.id'],
  max_tokens: ['model.max_tokens'],
  routing_strategy: ['routing.strategy'],
  region: ['bedrock.region'],
  cache_type: ['cache.type'],
  cost_usd: ['cost.total', 'cost'],
  total_tokens: ['tokens_used'],
  error_type: ['error'],
} as const satisfies Record<string, readonly string[]>;

const NAMES = new Map<string, readonly string[]>(Object.entries(SOURCE_NAMES));

/** The facts among `annotations` that other systems know under other names, under those. */
export const toSourceNames = (
  annotations: Readonly<Record<string, AnnotationValue>>,
): Record<string, AnnotationValue> => {
  const facts: Record<string, AnnotationValue> = {};
  for (const [name, value] of Object.entries(annotations)) {
    for (const alias of NAMES.get(name) ?? []) facts[alias] = value;
  }
  return facts;
};
