import { MODELS } from '../../../lambdas/core/models/catalogue';
import type { Model } from '../../../lambdas/core/models/model';
import { findModel, SIMULATED_MODELS } from '../../../local/bedrock/models';

const catalogue: readonly Model[] = MODELS;

/** Every `modelId` under which the gateway may call a model. */
const idsOf = ({ providerModelId, profiles, prices }: Model): string[] => [
  ...profiles.map((prefix) => `${prefix}.${providerModelId}`),
  ...(prices.region ? [providerModelId] : []),
];

describe('a model of the catalogue', () => {
  it.each(catalogue.flatMap((model) => idsOf(model).map((id) => [id, model] as const)))(
    'is simulated as %s, within its limits and capabilities',
    (id, { maxOutputTokens, contextTokens, capabilities }) => {
      const simulated = findModel(id);

      expect(simulated.maxOutputTokens).toBeGreaterThanOrEqual(maxOutputTokens);
      expect(simulated.contextTokens).toBeGreaterThanOrEqual(contextTokens);
      expect({ tools: simulated.tools, images: simulated.images, system: simulated.system }).toEqual({
        tools: capabilities.tools,
        images: capabilities.images,
        system: capabilities.system,
      });
    },
  );
});

describe('a simulated model', () => {
  it('has an id of its own', () => {
    const ids = SIMULATED_MODELS.map(({ id }) => id);

    expect(new Set(ids).size).toBe(ids.length);
  });
});
