import type { Model } from '../../../../lambdas/core/models/model';
import { toModelList, toOpenAiModel } from '../../../../lambdas/gateway/openai/models';

const aModel: Model = {
  id: 'nova-micro',
  ownedBy: 'amazon',
  released: '2024-12-03',
  provider: 'bedrock',
  providerModelId: 'amazon.nova-micro-v1:0',
  profiles: ['us'],
  contextTokens: 128_000,
  maxOutputTokens: 5_000,
  capabilities: { tools: true, toolChoice: true, images: false, system: true, streaming: true },
  prices: {},
};

describe('toOpenAiModel', () => {
  it('prints a model in the shape of OpenAI, created on the day of its release', () => {
    expect(toOpenAiModel(aModel)).toEqual({
      id: 'nova-micro',
      object: 'model',
      created: 1_733_184_000,
      owned_by: 'amazon',
    });
  });
});

describe('toModelList', () => {
  it('prints models in their order', () => {
    const list = toModelList([aModel, { ...aModel, id: 'other' }]);

    expect(list.object).toBe('list');
    expect(list.data.map(({ id }) => id)).toEqual(['nova-micro', 'other']);
  });
});
