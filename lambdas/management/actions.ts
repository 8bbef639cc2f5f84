import * as v from 'valibot';
import { limitAccount, limitAccountInput, limitKey, limitKeyInput } from './change-limits';
import { createKey, createKeyInput } from './create-key';
import { account, cache, keyId } from './fields';
import { ManagementError } from './management-error';
import type { ManagementDeps } from './ports';
import { toAccountView, toKeyView } from './views';

/** Reads an action's fields and carries it out. Throws `ManagementError` for the operator's faults. */
export type Action = (deps: ManagementDeps, fields: unknown) => Promise<object>;

const action =
  <S extends v.GenericSchema>(
    input: S,
    run: (deps: ManagementDeps, input: v.InferOutput<S>) => Promise<object>,
  ): Action =>
  async (deps, fields) => {
    const read = v.safeParse(input, fields);
    if (!read.success) throw new ManagementError('invalid_field', read.issues.map(toFault).join(' '));
    return run(deps, read.output);
  };

const noAccount = (id: string) =>
  new ManagementError('not_found', `There is no account ${id}. An account is made with its first key.`);

/** Everything an operator can ask for, by name. */
export const ACTIONS: Readonly<Record<string, Action>> = {
  'keys.create': action(createKeyInput, createKey),
  'keys.list': action(v.strictObject({ account: v.optional(account) }), async ({ register }, input) => ({
    keys: (await register.listKeys(input.account)).map(toKeyView),
  })),
  'keys.revoke': action(v.strictObject({ keyId }), async ({ register, now }, input) => {
    const key = await register.revokeKey(input.keyId, now().toISOString());
    if (!key) throw new ManagementError('not_found', `There is no key with the id ${input.keyId}.`);
    return toKeyView(key);
  }),
  'keys.limit': action(limitKeyInput, limitKey),
  'accounts.list': action(v.strictObject({}), async ({ register }) => ({
    accounts: (await register.listAccounts()).map(toAccountView),
  })),
  'accounts.get': action(v.strictObject({ account }), async ({ keys }, input) => {
    const found = await keys.findAccount(input.account);
    if (!found) throw noAccount(input.account);
    return toAccountView(found);
  }),
  'accounts.limit': action(limitAccountInput, limitAccount),
  'accounts.cache': action(v.strictObject({ account, cache }), async ({ register }, input) => {
    const found = await register.cacheAccount(input.account, input.cache);
    if (!found) throw noAccount(input.account);
    return toAccountView(found);
  }),
};

const toFault = (issue: v.BaseIssue<unknown>): string => {
  const field = v.getDotPath(issue) ?? 'request';
  if (issue.type !== 'strict_object' || issue.path === undefined) return `${field}: ${issue.message}.`;
  return issue.expected === 'never' ? `${field} is not a field of this action.` : `${field} is missing.`;
};
