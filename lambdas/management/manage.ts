import * as v from 'valibot';
import { ACTIONS } from './actions';
import { ManagementError, type ManagementErrorCode } from './management-error';
import type { ManagementDeps } from './ports';

/** What the function answers: the action's result, or what the operator did wrong. */
export type ManagementAnswer = object | { error: { code: ManagementErrorCode; message: string } };

const request = v.looseObject({ action: v.string() });

/**
 * Carries out `{ "action": "keys.create", ...fields }`.
 * An operator's mistake is answered as `{ error }`; anything else is thrown, so that Lambda reports and logs it.
 */
export const createManage =
  (deps: ManagementDeps) =>
  async (event: unknown): Promise<ManagementAnswer> => {
    try {
      return await perform(deps, event);
    } catch (error) {
      if (error instanceof ManagementError) return { error: { code: error.code, message: error.message } };
      throw error;
    }
  };

const perform = (deps: ManagementDeps, event: unknown): Promise<object> => {
  const { action: name, ...fields } = v.is(request, event) ? event : { action: '' };
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (!action) {
    const known = Object.keys(ACTIONS).join(', ');
    throw new ManagementError('unknown_action', `There is no action ${JSON.stringify(name)}. There are ${known}.`);
  }
  return action(deps, fields);
};
