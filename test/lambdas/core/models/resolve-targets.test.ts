import type { Target } from '../../../../lambdas/core/models/model';
import { resolveTargets } from '../../../../lambdas/core/models/resolve-targets';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const VIRGINIA = { region: 'us-east-1', profile: 'us' };

const targetsOf = (name: string, place = VIRGINIA, at = NOW): readonly Target[] => {
  const resolution = resolveTargets(name, place, at);
  if (resolution === undefined || resolution === 'unpriced') throw new Error(`${name} is ${resolution ?? 'unknown'}.`);
  return resolution.targets;
};

const idsOf = (name: string, place = VIRGINIA): string[] =>
  targetsOf(name, place).map(({ providerModelId }) => providerModelId);

describe('resolveTargets', () => {
  it('gives the one target of a model, with its limits and its price', () => {
    const targets = targetsOf('claude-haiku-4-5');

    expect(targets).toEqual([
      expect.objectContaining({
        provider: 'bedrock',
        model: 'claude-haiku-4-5',
        providerModelId: 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
        region: 'us-east-1',
        scope: 'geo',
        contextTokens: 200_000,
        maxOutputTokens: 64_000,
        price: expect.objectContaining({ input: 1.1, output: 5.5 }),
      }),
    ]);
  });

  it('gives the models of an alias in their order', () => {
    expect(targetsOf('claude-sonnet').map(({ model }) => model)).toEqual(['claude-sonnet-4-6', 'claude-sonnet-4-5']);
  });

  it.each([
    ['claude-sonnet-4-5', 'us-east-1', 'us', 'us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'geo'],
    ['claude-sonnet-4-5', 'us-east-1', 'global', 'global.anthropic.claude-sonnet-4-5-20250929-v1:0', 'global'],
    ['claude-sonnet-4-5', 'eu-central-1', 'eu', 'eu.anthropic.claude-sonnet-4-5-20250929-v1:0', 'geo'],
    ['claude-sonnet-4-5', 'ap-northeast-1', 'jp', 'jp.anthropic.claude-sonnet-4-5-20250929-v1:0', 'geo'],
    ['claude-opus-4-5', 'ap-southeast-2', 'au', 'global.anthropic.claude-opus-4-5-20251101-v1:0', 'global'],
    ['nova-lite', 'us-west-2', 'us', 'us.amazon.nova-lite-v1:0', 'geo'],
    ['nova-lite', 'us-west-2', 'global', 'us.amazon.nova-lite-v1:0', 'geo'],
    ['nova-lite', 'us-west-2', 'ca', 'amazon.nova-lite-v1:0', 'region'],
    ['llama-4-scout', 'us-east-1', 'us', 'us.meta.llama4-scout-17b-instruct-v1:0', 'geo'],
    ['gpt-oss-20b', 'us-west-2', 'us', 'openai.gpt-oss-20b-1:0', 'region'],
  ])('reaches %s from %s with profile %s as %s', (name, region, profile, providerModelId, scope) => {
    expect(targetsOf(name, { region, profile })).toEqual([expect.objectContaining({ providerModelId, scope, region })]);
  });

  it('takes the provider’s own model id', () => {
    expect(idsOf('anthropic.claude-sonnet-4-5-20250929-v1:0')).toEqual([
      'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    ]);
  });

  it('takes the id of a profile, and calls that profile', () => {
    const [target] = targetsOf('global.anthropic.claude-sonnet-4-5-20250929-v1:0');

    expect(target).toMatchObject({
      model: 'claude-sonnet-4-5',
      providerModelId: 'global.anthropic.claude-sonnet-4-5-20250929-v1:0',
      scope: 'global',
      price: { input: 3 },
    });
  });

  it.each([
    'eu.anthropic.claude-sonnet-4-5-20250929-v1:0',
    'us.anthropic.claude-sonnet-9',
    'us.claude-sonnet-4-5',
    'gpt-4o',
    '',
    '__proto__',
    'constructor',
    'toString',
    'us.__proto__',
    'hasOwnProperty',
  ])('knows nothing under the name "%s"', (name) => {
    expect(resolveTargets(name, VIRGINIA, NOW)).toBeUndefined();
  });

  it('knows nothing of a model that is not offered at the place', () => {
    expect(resolveTargets('llama-4-scout', { region: 'eu-west-1', profile: 'eu' }, NOW)).toBeUndefined();
  });

  it('tells a model without a price at the place from an unknown one', () => {
    expect(resolveTargets('nova-lite', { region: 'eu-west-1', profile: 'eu' }, NOW)).toBe('unpriced');
  });

  it('tells a model whose price does not hold yet from an unknown one', () => {
    expect(resolveTargets('nova-2-lite', VIRGINIA, Date.parse('2025-01-01'))).toBe('unpriced');
  });

  it('leaves out of an alias what has no price at the place', () => {
    const models = targetsOf('smart', { region: 'eu-west-1', profile: 'eu' }).map(({ model }) => model);

    expect(models).toEqual(['claude-sonnet-4-6', 'claude-sonnet-4-5']);
  });

  it('applies the price of the day', () => {
    const place = { region: 'us-east-1', profile: 'global' };

    const announced = targetsOf('claude-opus-4-5', place, Date.parse('2025-06-01T00:00:00Z'));
    const released = targetsOf('claude-opus-4-5', place, Date.parse('2025-11-24T00:00:00Z'));

    expect(announced[0]?.price).toMatchObject({ input: 15, output: 75 });
    expect(released[0]?.price).toMatchObject({ input: 5, output: 25 });
  });
});
