import { Stack } from 'aws-cdk-lib';
import { PolicyStatement, type PolicyStatementProps } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { MODELS } from '../lambdas/core/models/catalogue';
import { type Place, type Route, routesTo } from '../lambdas/core/models/routes';
import { acknowledge } from './acknowledge';
import type { NodeFunction } from './node-function';

/** Converse and ConverseStream are authorised as these two; there is no action of their own. */
const ACTIONS = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];

/** A route together with the foundation model at its end. */
type Reach = Route & { foundationModel: string };

/**
 * Allows calling every model of the catalogue from `place`, and no more. A call through an inference profile is
 * authorised for the profile, and for the foundation model wherever the profile sends it: the second only on condition
 * that it comes through such a profile. The destination Region of a geographic profile stays open, because AWS adds
 * destinations to profiles, and because models times Regions would outgrow what one role may hold.
 */
export const allowBedrock = (scope: Construct, grantee: NodeFunction, place: Place): void => {
  const reaches = reachesFrom(place);
  const names = bedrockNames(scope, place);
  for (const statement of [...direct(reaches, names), ...geographic(reaches, names), ...global(reaches, names)]) {
    grantee.addToRolePolicy(new PolicyStatement({ actions: ACTIONS, ...statement }));
  }
  const anyRegion = 'Any Region, but only through the inference profiles that the condition names.';
  for (const resource of reaches.filter(isGeographic).map(names.modelIn('*'))) {
    acknowledge(scope, { [`IAM5[Resource::${resource}]`]: anyRegion });
  }
};

const isGeographic = ({ scope }: Reach): boolean => scope === 'geo';

const reachesFrom = (place: Place): Reach[] =>
  MODELS.flatMap((model) =>
    routesTo(model, place).map((route) => ({ ...route, foundationModel: model.providerModelId })),
  );

type Names = ReturnType<typeof bedrockNames>;

const bedrockNames = (scope: Construct, { region }: Place) => {
  const { partition, account } = Stack.of(scope);
  const profile = (id: string) => `arn:${partition}:bedrock:${region}:${account}:inference-profile/${id}`;
  const prefixOf = ({ providerModelId, foundationModel }: Reach) => providerModelId.slice(0, -foundationModel.length);
  return {
    region,
    profile: ({ providerModelId }: Reach) => profile(providerModelId),
    modelIn: (modelRegion: string) => (reach: Reach) =>
      `arn:${partition}:bedrock:${modelRegion}::foundation-model/${reach.foundationModel}`,
    throughProfilesOf: (reaches: readonly Reach[]) => ({
      'bedrock:InferenceProfileArn': [...new Set(reaches.map(prefixOf))].map((prefix) => profile(`${prefix}*`)),
    }),
  };
};

const direct = (reaches: readonly Reach[], { modelIn, region }: Names): PolicyStatementProps[] => {
  const those = reaches.filter(({ scope }) => scope === 'region');
  return those.length === 0 ? [] : [{ resources: those.map(modelIn(region)) }];
};

const geographic = (
  reaches: readonly Reach[],
  { profile, modelIn, throughProfilesOf }: Names,
): PolicyStatementProps[] => {
  const those = reaches.filter(isGeographic);
  if (those.length === 0) return [];
  return [
    { resources: those.map(profile) },
    { resources: those.map(modelIn('*')), conditions: { StringLike: throughProfilesOf(those) } },
  ];
};

/** What a global profile reaches outside the calling Region has no Region in its name, and the request has none either. */
const global = (
  reaches: readonly Reach[],
  { profile, modelIn, region, throughProfilesOf }: Names,
): PolicyStatementProps[] => {
  const those = reaches.filter(({ scope }) => scope === 'global');
  if (those.length === 0) return [];
  const conditions = { StringLike: throughProfilesOf(those) };
  return [
    { resources: those.map(profile) },
    { resources: those.map(modelIn(region)), conditions },
    {
      resources: those.map(modelIn('')),
      conditions: { ...conditions, StringEquals: { 'aws:RequestedRegion': 'unspecified' } },
    },
  ];
};
