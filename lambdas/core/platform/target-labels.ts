import { MODELS } from '../models/catalogue';
import { toPlatformLabel } from './platform-label';

const PROVIDERS = new Map<string, string>(MODELS.map(({ id, provider }) => [id, provider]));

/** The labels of a call of a model. A provider that is not told is the one that the catalogue has for the model. */
export const toTarget = ({ provider, model, region }: { provider?: string; model: string; region: string }) => ({
  provider: toPlatformLabel('provider', provider ?? PROVIDERS.get(model) ?? 'none'),
  model: toPlatformLabel('model', model),
  region: toPlatformLabel('region', region),
});
