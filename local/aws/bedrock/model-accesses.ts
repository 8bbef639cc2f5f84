import { AwsError } from '../aws-error';
import type { Access } from '../iam/access';

/** Where the profiles of a geographic prefix may send a call. AWS's lists differ by model; these are their unions. */
const DESTINATIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['us', ['us-east-1', 'us-east-2', 'us-west-2']],
  ['eu', ['eu-central-1', 'eu-north-1', 'eu-south-1', 'eu-south-2', 'eu-west-1', 'eu-west-3']],
  ['apac', ['ap-northeast-1', 'ap-northeast-2', 'ap-northeast-3', 'ap-south-1', 'ap-southeast-1', 'ap-southeast-2']],
  ['jp', ['ap-northeast-1', 'ap-northeast-3']],
  ['au', ['ap-southeast-2', 'ap-southeast-4']],
  ['ca', ['ca-central-1', 'us-east-1', 'us-east-2', 'us-west-2']],
  ['us-gov', ['us-gov-east-1', 'us-gov-west-1']],
]);

type Place = { readonly action: string; readonly region: string; readonly accountId: string };

/**
 * What calling a model takes: the model itself, or an inference profile and the model wherever the profile may send it.
 * A global profile names the model in the own Region, and once more without a Region.
 */
export const toModelAccesses = (modelId: string, { action, region, accountId }: Place): Access[] => {
  const id = toShortId(modelId);
  const [, prefix = '', model = ''] = /^([a-z-]+)\.(.+\..+)$/.exec(id) ?? [];
  const modelIn = (place: string, of: string) => `arn:aws:bedrock:${place}::foundation-model/${of}`;
  const isProfile = prefix === 'global' || DESTINATIONS.has(prefix);
  if (!isProfile) return [{ action, resource: modelIn(region, id), context: { 'aws:RequestedRegion': region } }];

  const profile = `arn:aws:bedrock:${region}:${accountId}:inference-profile/${id}`;
  const through = (requested: string) => ({
    'aws:RequestedRegion': requested,
    'bedrock:InferenceProfileArn': profile,
  });
  const viaGlobal = [
    { action, resource: modelIn(region, model), context: through(region) },
    { action, resource: modelIn('', model), context: through('unspecified') },
  ];
  const viaGeography = (DESTINATIONS.get(prefix) ?? []).map((place) => ({
    action,
    resource: modelIn(place, model),
    context: through(place),
  }));
  return [
    { action, resource: profile, context: { 'aws:RequestedRegion': region } },
    ...(prefix === 'global' ? viaGlobal : viaGeography),
  ];
};

const toShortId = (modelId: string): string => {
  if (!modelId.startsWith('arn:')) return modelId;
  const [, kind, id] = /:(foundation-model|inference-profile)\/(.+)$/.exec(modelId) ?? [];
  if (kind !== undefined && id !== undefined) return id;
  throw new AwsError({
    code: 'ValidationException',
    status: 400,
    message: `The local AWS proxy knows models and system inference profiles only, not ${modelId}.`,
  });
};
