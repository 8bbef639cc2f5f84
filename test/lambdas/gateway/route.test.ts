import type { Target } from '../../../lambdas/core/models/model';
import type { Resolution } from '../../../lambdas/core/models/resolve-targets';
import { createRoute } from '../../../lambdas/gateway/route';
import { aCaller } from '../../support/builders';
import { aCall } from '../../support/call';
import { aTarget } from '../../support/target';

const able = aTarget().capabilities;
const TOOLS = [{ name: 'f', inputSchema: { type: 'object' } }];

const routing = (resolution: Resolution) => createRoute({ resolve: () => resolution });
const among = (...targets: Target[]) => routing({ targets });
const models = (targets: readonly Target[]) => targets.map(({ model }) => model);

describe('the route of a call', () => {
  it('is every target of its name, in order', () => {
    const route = among(aTarget({ model: 'b' }), aTarget({ model: 'a' }));

    const targets = route(aCaller(), aCall());

    expect(models(targets)).toEqual(['b', 'a']);
  });

  it('leaves out what the key may not use', () => {
    const route = among(aTarget({ model: 'dear' }), aTarget({ model: 'cheap' }));

    const targets = route(aCaller({ models: ['cheap'] }), aCall());

    expect(models(targets)).toEqual(['cheap']);
  });

  it('leaves out what cannot honour the call', () => {
    const route = among(
      aTarget({ model: 'plain', capabilities: { ...able, tools: false } }),
      aTarget({ model: 'able' }),
    );

    const targets = route(aCaller(), aCall({ tools: TOOLS }));

    expect(models(targets)).toEqual(['able']);
  });

  it.each<[string, Resolution, Parameters<typeof aCaller>[0], string, string]>([
    ['nothing has the name', undefined, {}, 'unknown_model', 'model'],
    ['no target has a price', 'unpriced', {}, 'unpriced_model', 'model'],
    ['the key may use none of them', { targets: [aTarget()] }, { models: ['other'] }, 'model_not_allowed', 'model'],
    [
      'none can honour the call',
      { targets: [aTarget({ capabilities: { ...able, tools: false } })] },
      {},
      'unsupported_parameter',
      'tools',
    ],
  ])('is refused when %s, naming the field', (_, resolution, caller, code, param) => {
    const route = routing(resolution);

    expect(() => route(aCaller(caller), aCall({ tools: TOOLS }))).toThrow(expect.objectContaining({ code, param }));
  });

  it('does not repeat a name of any length', () => {
    const route = routing(undefined);

    expect(() => route(aCaller(), aCall({ model: 'x'.repeat(10_000) }))).toThrow(
      expect.objectContaining({ message: expect.stringMatching(/^.{0,300}$/) }),
    );
  });
});
