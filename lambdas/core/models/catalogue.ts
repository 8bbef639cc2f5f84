import { createHash } from 'node:crypto';
import type { Model } from './model';
import { AMAZON } from './vendors/amazon';
import { ANTHROPIC } from './vendors/anthropic';
import { OPEN_WEIGHTS } from './vendors/open-weights';

/**
 * Every model that can be called, and what it costs. A model stands here only with a price that has a source.
 * To add one: its row in `vendors/`, and nothing else.
 */
export const MODELS = [...ANTHROPIC, ...AMAZON, ...OPEN_WEIGHTS] as const satisfies readonly Model[];

export type ModelId = (typeof MODELS)[number]['id'];

/** Other names for models. A name of several models means: the first, and each next one when those before it fail. */
export const ALIASES = {
  'claude-opus': ['claude-opus-4-6', 'claude-opus-4-5'],
  'claude-sonnet': ['claude-sonnet-4-6', 'claude-sonnet-4-5'],
  'claude-haiku': ['claude-haiku-4-5'],
  'claude-opus-4-5-20251101': ['claude-opus-4-5'],
  'claude-sonnet-4-5-20250929': ['claude-sonnet-4-5'],
  'claude-haiku-4-5-20251001': ['claude-haiku-4-5'],
  'claude-3-5-sonnet-20240620': ['claude-3-5-sonnet'],
  'claude-3-sonnet-20240229': ['claude-3-sonnet'],
  'claude-3-haiku-20240307': ['claude-3-haiku'],
  fast: ['nova-lite', 'claude-haiku-4-5', 'nova-2-lite'],
  smart: ['claude-sonnet-4-6', 'claude-sonnet-4-5', 'nova-pro'],
} as const satisfies Record<string, readonly ModelId[]>;

let version: string | undefined;

/** Changes with every change of the catalogue: part of the key of every cached answer. */
export const catalogueVersion = (): string => {
  version ??= createHash('sha256')
    .update(JSON.stringify([MODELS, ALIASES]))
    .digest('base64url')
    .slice(0, 12);
  return version;
};
