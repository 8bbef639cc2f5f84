import { ALIASES, MODELS } from './catalogue';
import type { Model, Target } from './model';
import { priceAt, pricesIn } from './price';
import { type Place, type Route, routesTo } from './routes';

/** What a name stands for here: targets in order, a known model without a price in force, or nothing at all. */
export type Resolution = { targets: readonly Target[] } | 'unpriced' | undefined;

const modelById = new Map<string, Model>(MODELS.map((model) => [model.id, model]));

const named = (ids: readonly string[]): readonly Model[] => ids.flatMap((id) => modelById.get(id) ?? []);

/** Every name of a model but its profile ids; a Map, so that `__proto__` is no name. */
const modelsByName = new Map<string, readonly Model[]>([
  ...Object.entries(ALIASES).map(([alias, ids]) => [alias, named(ids)] as const),
  ...MODELS.flatMap((model) => [[model.id, [model]] as const, [model.providerModelId, [model]] as const]),
]);

const PROFILE_ID = /^[a-z-]+\.(?<providerModelId>.+)$/;

const toTarget = (model: Model, { providerModelId, scope }: Route, { region }: Place, atMs: number): Target[] => {
  const price = priceAt(pricesIn(model.prices[scope] ?? [], region), atMs);
  if (!price) return [];
  const { id, provider, contextTokens, maxOutputTokens, capabilities } = model;
  return [{ provider, model: id, providerModelId, region, scope, contextTokens, maxOutputTokens, capabilities, price }];
};

/** A model asked for by the id of one inference profile is called through that profile only. */
const findByProfileId = (name: string, place: Place): { model: Model; routes: readonly Route[] }[] => {
  const [model] = modelsByName.get(PROFILE_ID.exec(name)?.groups?.providerModelId ?? '') ?? [];
  return model ? [{ model, routes: routesTo(model, place).filter((route) => route.providerModelId === name) }] : [];
};

/**
 * What can answer under a name, at a place, at a moment (milliseconds since the epoch): one target per model, in the
 * order of the alias, each through its best route that has a price then.
 * Names are catalogue ids, aliases, Bedrock model ids and the ids of inference profiles that the place can call.
 * `unpriced` when the models are offered there but none has a price in force; undefined when nothing has that name there.
 */
export const resolveTargets = (name: string, place: Place, atMs: number): Resolution => {
  const byName = modelsByName.get(name)?.map((model) => ({ model, routes: routesTo(model, place) }));
  const offered = (byName ?? findByProfileId(name, place)).filter(({ routes }) => routes.length > 0);
  if (offered.length === 0) return undefined;
  const targets = offered.flatMap(({ model, routes }) =>
    routes.flatMap((route) => toTarget(model, route, place, atMs)).slice(0, 1),
  );
  return targets.length > 0 ? { targets } : 'unpriced';
};
