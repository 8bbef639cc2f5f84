import { findListedModel, listModels } from '../../../../lambdas/core/models/list-models';

const NOW = Date.parse('2026-11-21T12:00:00Z');
const VIRGINIA = { region: 'us-east-1', profile: 'us' };
const FRANKFURT = { region: 'eu-central-1', profile: 'eu' };

describe('listModels', () => {
  it('lists models and aliases that can be called', () => {
    const names = listModels(VIRGINIA, NOW).map(({ id }) => id);

    expect(names).toEqual(
      expect.arrayContaining(['claude-sonnet-4-5', 'nova-micro', 'llama-3-3-70b', 'claude-sonnet', 'fast']),
    );
    expect(new Set(names).size).toBe(names.length);
  });

  it('leaves out what cannot be called at the place, for want of an offer or of a price', () => {
    const names = listModels(FRANKFURT, NOW).map(({ id }) => id);

    expect(names).toContain('claude-sonnet-4-5');
    expect(names).not.toContain('llama-4-scout');
    expect(names).not.toContain('nova-lite');
  });
});

describe('findListedModel', () => {
  it('describes an alias by its models, in order', () => {
    expect(findListedModel('claude-sonnet', VIRGINIA, NOW)).toEqual({
      id: 'claude-sonnet',
      ownedBy: 'anthropic',
      released: '2026-02-17',
      models: ['claude-sonnet-4-6', 'claude-sonnet-4-5'],
    });
  });

  it.each(['no-such-model', '__proto__'])('finds nothing under "%s"', (name) => {
    expect(findListedModel(name, VIRGINIA, NOW)).toBeUndefined();
  });
});
