import { ALIASES, MODELS } from './catalogue';
import { resolveTargets } from './resolve-targets';
import type { Place } from './routes';

/** A name that a request may give as its model. */
export type ListedModel = {
  id: string;
  ownedBy: string;
  /** ISO date. */
  released: string;
  /** Catalogue ids of the models that answer, in order; for an alias more than the name itself. */
  models: readonly string[];
};

const NAMES: readonly string[] = [...MODELS.map(({ id }) => id), ...Object.keys(ALIASES)];

/** Catalogue ids and aliases that can be called at a place at a moment (milliseconds since the epoch). */
export const listModels = (place: Place, atMs: number): readonly ListedModel[] =>
  NAMES.flatMap((id) => findListedModel(id, place, atMs) ?? []);

/** One of them, by any name that a request may give; undefined when it cannot be called. An alias is described by its first model. */
export const findListedModel = (name: string, place: Place, atMs: number): ListedModel | undefined => {
  const resolution = resolveTargets(name, place, atMs);
  if (resolution === undefined || resolution === 'unpriced') return undefined;
  const models = resolution.targets.map(({ model }) => model);
  const first = MODELS.find(({ id }) => id === models[0]);
  return first && { id: name, ownedBy: first.ownedBy, released: first.released, models };
};
