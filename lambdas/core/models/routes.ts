import type { Model, RegionScope } from './model';

/** Where Bedrock is called, and which inference profiles are preferred there: a geographic prefix, or `global`. */
export type Place = { region: string; profile: string };

/** One way to reach a model: what is sent as `modelId`, and whose price list applies. */
export type Route = { providerModelId: string; scope: RegionScope };

/** The geographic profiles that a Region can call, nearest first, by the beginning of its name. */
const GEOGRAPHIES: readonly (readonly [beginning: string, prefixes: readonly string[]])[] = [
  ['us-gov-', ['us-gov']],
  ['us-', ['us']],
  ['ca-', ['ca', 'us']],
  ['eu-', ['eu']],
  ['ap-northeast-1', ['jp', 'apac']],
  ['ap-northeast-3', ['jp', 'apac']],
  ['ap-southeast-2', ['au', 'apac']],
  ['ap-southeast-4', ['au', 'apac']],
  ['ap-', ['apac']],
];

/** The geographic prefixes that a Region can call, nearest first; empty where there is none but `global`. */
export const geographiesOf = (region: string): readonly string[] =>
  GEOGRAPHIES.find(([beginning]) => region.startsWith(beginning))?.[1] ?? [];

/** A named geography comes before `global`; `global` before the geography that the Region lies in. */
const prefixesAt = ({ region, profile }: Place): readonly string[] =>
  profile === 'global' ? ['global', ...geographiesOf(region)] : [profile, 'global'];

/**
 * The ways to reach a model from a place, best first: through its profiles, then in the Region itself where the model
 * has an in-Region price or no profile at all. Empty when it is not offered there.
 */
export const routesTo = ({ providerModelId, profiles, prices }: Model, place: Place): readonly Route[] => {
  const offered = prefixesAt(place).filter((prefix) => profiles.includes(prefix));
  const throughProfiles = offered.map<Route>((prefix) => ({
    providerModelId: `${prefix}.${providerModelId}`,
    scope: prefix === 'global' ? 'global' : 'geo',
  }));
  const direct: readonly Route[] = profiles.length === 0 || prices.region ? [{ providerModelId, scope: 'region' }] : [];
  return [...throughProfiles, ...direct];
};
