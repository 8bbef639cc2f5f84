import * as v from 'valibot';
import type { Log, LogContext } from '../core/telemetry/ports';
import { ACTIONS } from './actions';
import { ManagementError, type ManagementErrorCode } from './management-error';
import type { ManagementDeps } from './ports';

/** What the function answers: the action's result, or what the operator did wrong. */
export type ManagementAnswer = object | { error: { code: ManagementErrorCode; message: string } };

const request = v.looseObject({ action: v.string() });
/** What a result says about whom it concerned. */
const subject = v.object({ account: v.optional(v.string()), keyId: v.optional(v.string()) });

/**
 * Carries out `{ "action": "keys.create", ...fields }` and logs that it did, never with a key.
 * An operator's mistake is answered as `{ error }`; anything else is thrown, so that Lambda reports and logs it.
 */
export const createManage =
  ({ log, ...deps }: ManagementDeps & { log: Log }) =>
  async (event: unknown, { awsRequestId }: { awsRequestId: string }): Promise<ManagementAnswer> => {
    const { action, ...fields } = v.is(request, event) ? event : { action: '' };
    try {
      const answer = await perform(deps, action, fields);
      log.event('management_action', toContext(awsRequestId, answer), { action });
      return answer;
    } catch (error) {
      if (!(error instanceof ManagementError)) throw error;
      log.event('management_refused', toContext(awsRequestId, {}), { error_code: error.code });
      return { error: { code: error.code, message: error.message } };
    }
  };

const perform = (deps: ManagementDeps, name: string, fields: object): Promise<object> => {
  const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (action) return action(deps, fields);
  const known = Object.keys(ACTIONS).join(', ');
  throw new ManagementError('unknown_action', `There is no action ${JSON.stringify(name)}. There are ${known}.`);
};

const toContext = (requestId: string, answer: object): LogContext => {
  const { account, keyId } = v.parse(subject, answer);
  return {
    requestId,
    correlationId: requestId,
    sessionId: undefined,
    traceId: undefined,
    ...(account !== undefined && { accountId: account }),
    ...(keyId !== undefined && { keyId }),
  };
};
