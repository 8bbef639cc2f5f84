import type { Call } from '../core/chat/call';
import { GatewayError } from '../core/errors';
import type { Caller } from '../core/keys/account';
import type { Target } from '../core/models/model';

/** What the catalogue knows under a name; undefined when it knows nothing. `unpriced` means known, but without a price today. */
export type Resolve = (name: string) => { targets: readonly Target[] } | 'unpriced' | undefined;

const needsImages = (call: Call): boolean =>
  call.messages.some(({ role, content }) => role === 'user' && content.some(({ type }) => type === 'image'));

const NEEDS: { capability: 'tools' | 'images'; of: (call: Call) => boolean; words: string }[] = [
  { capability: 'tools', of: (call) => call.tools.length > 0, words: 'tools' },
  { capability: 'images', of: needsImages, words: 'images' },
];

const allowed = (caller: Caller, targets: readonly Target[], name: string): Target[] => {
  const { models } = caller.key;
  const open = targets.filter(({ model }) => models === undefined || models.includes(model));
  if (open.length === 0)
    throw new GatewayError(
      'model_not_allowed',
      `This key may not use the model "${name}". Ask for it to be added to the key's models.`,
      {
        param: 'model',
      },
    );
  return open;
};

const capable = (call: Call, targets: readonly Target[]): Target[] =>
  NEEDS.filter(({ of }) => of(call)).reduce<Target[]>(
    (left, { capability, words }) => {
      const able = left.filter(({ capabilities }) => capabilities[capability]);
      if (able.length === 0)
        throw new GatewayError(
          'unsupported_parameter',
          `The model "${call.model}" does not take ${words}. Choose one that does: GET /v1/models.`,
          {
            param: capability === 'tools' ? 'tools' : 'messages',
          },
        );
      return able;
    },
    [...targets],
  );

/**
 * Decides, before anything is paid for, which targets may answer, in order.
 * Throws `GatewayError`: unknown_model, unpriced_model, model_not_allowed, unsupported_parameter.
 */
export const createRoute =
  ({ resolve }: { resolve: Resolve }) =>
  (caller: Caller, call: Call): readonly Target[] => {
    const found = resolve(call.model);
    if (found === undefined)
      throw new GatewayError(
        'unknown_model',
        `There is no model "${call.model.slice(0, 100)}". GET /v1/models lists those there are.`,
        {
          param: 'model',
        },
      );
    if (found === 'unpriced')
      throw new GatewayError(
        'unpriced_model',
        `The model "${call.model}" has no price in the catalogue, so its cost could not be accounted for. Choose another model, or add its price.`,
        { param: 'model' },
      );
    return capable(call, allowed(caller, found.targets, call.model));
  };
