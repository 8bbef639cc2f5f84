import type { Model } from '../../../../lambdas/core/models/model';
import { routesTo } from '../../../../lambdas/core/models/routes';
import { aPrice } from '../../../support/target';

const aModel = (changes: Partial<Model>): Model => ({
  id: 'model',
  ownedBy: 'vendor',
  released: '2026-01-01',
  provider: 'bedrock',
  providerModelId: 'vendor.model-v1:0',
  profiles: [],
  contextTokens: 1_000,
  maxOutputTokens: 100,
  capabilities: { tools: true, toolChoice: true, images: true, system: true, streaming: true },
  prices: {},
  ...changes,
});

const PRICE = [aPrice()];

const CASES: [what: string, changes: Partial<Model>, region: string, profile: string, ids: string[]][] = [
  [
    'no profile and no price: directly, so that the missing price is told',
    {},
    'us-east-1',
    'us',
    ['vendor.model-v1:0'],
  ],
  [
    'a profile and no price in the Region: through the profile only',
    { profiles: ['us'] },
    'us-east-1',
    'us',
    ['us.vendor.model-v1:0'],
  ],
  [
    'every way: named geography, then global, then the Region',
    { profiles: ['us', 'eu', 'global'], prices: { region: PRICE } },
    'us-east-1',
    'us',
    ['us.vendor.model-v1:0', 'global.vendor.model-v1:0', 'vendor.model-v1:0'],
  ],
  [
    'global preferred: then the geography of the Region',
    { profiles: ['us', 'eu', 'global'] },
    'eu-west-1',
    'global',
    ['global.vendor.model-v1:0', 'eu.vendor.model-v1:0'],
  ],
  [
    'Tokyo with global: Japan before Asia',
    { profiles: ['apac', 'jp'] },
    'ap-northeast-1',
    'global',
    ['jp.vendor.model-v1:0', 'apac.vendor.model-v1:0'],
  ],
  ['Sydney with global: Australia', { profiles: ['au', 'jp'] }, 'ap-southeast-2', 'global', ['au.vendor.model-v1:0']],
  ['GovCloud with global: never the commercial profile', { profiles: ['us'] }, 'us-gov-west-1', 'global', []],
  ['a geography that the model lacks', { profiles: ['us'] }, 'eu-west-1', 'eu', []],
];

describe('routesTo', () => {
  it.each(CASES)('%s', (_, changes, region, profile, ids) => {
    const routes = routesTo(aModel(changes), { region, profile });

    expect(routes.map(({ providerModelId }) => providerModelId)).toEqual(ids);
  });

  it('tells the price list of each way', () => {
    const model = aModel({ profiles: ['us', 'global'], prices: { region: PRICE } });

    const routes = routesTo(model, { region: 'us-east-1', profile: 'us' });

    expect(routes.map(({ scope }) => scope)).toEqual(['geo', 'global', 'region']);
  });
});
