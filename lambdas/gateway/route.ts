import type { Call } from '../core/chat/call';
import { GatewayError } from '../core/errors';
import type { Caller } from '../core/keys/account';
import { findUnsupported, type Unsupported } from '../core/models/find-unsupported';
import type { Target } from '../core/models/model';
import type { Resolution } from '../core/models/resolve-targets';

/** What a name stands for at this moment, here. */
export type Resolve = (name: string) => Resolution;

/** How the caller is told what no target can honour: the field, and the words for it. */
const UNSUPPORTED: Record<Unsupported, { param: string; words: string }> = {
  tools: { param: 'tools', words: 'does not take tools' },
  toolChoice: { param: 'tool_choice', words: 'cannot be made to call a tool' },
  images: { param: 'messages', words: 'does not take images' },
  system: { param: 'messages', words: 'does not take system messages' },
  sampling: { param: 'top_p', words: 'does not take this combination of temperature and top_p' },
  temperature: { param: 'temperature', words: 'takes a temperature of at most 1' },
  stop: { param: 'stop', words: 'does not take a stop sequence of white space only' },
};

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

const capable = (call: Call, targets: readonly Target[]): readonly Target[] => {
  const judged = targets.map((target) => ({ target, unsupported: findUnsupported(call, target) }));
  const able = judged.filter(({ unsupported }) => unsupported.length === 0);
  const [fault] = judged.flatMap(({ unsupported }) => unsupported);
  if (able.length > 0 || fault === undefined) return able.map(({ target }) => target);
  const { param, words } = UNSUPPORTED[fault];
  throw new GatewayError(
    'unsupported_parameter',
    `The model "${call.model}" ${words}. Change the request, or choose another model: GET /v1/models.`,
    { param },
  );
};

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
