import * as v from 'valibot';
import type { LimitsChange } from '../core/keys/limits-update';
import { account, changedLimits, keyId } from './fields';
import { ManagementError } from './management-error';
import type { ManagementDeps } from './ports';
import { toAccountView, toKeyView } from './views';

export const limitKeyInput = v.strictObject({ keyId, ...changedLimits });
export const limitAccountInput = v.strictObject({ account, ...changedLimits });

type ChangedLimits = Omit<v.InferOutput<typeof limitKeyInput>, 'keyId'>;

/** Changes the limits of one key; limits that are not named stay. */
export const limitKey = async (
  { register }: ManagementDeps,
  { keyId: id, ...change }: v.InferOutput<typeof limitKeyInput>,
) => {
  const key = await register.limitKey(id, toLimitsChange(change));
  if (!key) throw new ManagementError('not_found', `There is no key with the id ${id}.`);
  return toKeyView(key);
};

/** Changes the limits of one account; limits that are not named stay. */
export const limitAccount = async (
  { register }: ManagementDeps,
  { account: id, ...change }: v.InferOutput<typeof limitAccountInput>,
) => {
  const found = await register.limitAccount(id, toLimitsChange(change));
  if (!found)
    throw new ManagementError('not_found', `There is no account ${id}. An account is made with its first key.`);
  return toAccountView(found);
};

const toLimitsChange = ({ rpm, tpm, budget, none }: ChangedLimits): LimitsChange => {
  const removed = none ? null : undefined;
  const change = {
    requestsPerMinute: rpm ?? (rpm === null ? null : removed),
    tokensPerMinute: tpm ?? (tpm === null ? null : removed),
    budget: budget ?? (budget === null ? null : removed),
  };
  if (Object.values(change).every((value) => value === undefined)) {
    throw new ManagementError('invalid_field', 'Name a limit to change: rpm, tpm, budget, or none to remove them all.');
  }
  return change;
};
