import * as v from 'valibot';
import { formatBudget } from '../../lambdas/core/keys/budget';
import {
  type AccountAnswer,
  accountAnswer,
  accountsAnswer,
  type KeyAnswer,
  keyAnswer,
  keysAnswer,
  newKeyAnswer,
} from './answers';
import { formatFields, formatTable } from './table';

const NO_LIMIT = '-';

const limitFields = ({ rpm, tpm, budget }: KeyAnswer['limits']) => ({
  rpm: rpm === undefined ? NO_LIMIT : String(rpm),
  tpm: tpm === undefined ? NO_LIMIT : String(tpm),
  budget: budget ? formatBudget(budget) : NO_LIMIT,
});

const toDay = (time: string): string => time.slice(0, 10);

const keyFields = (key: KeyAnswer) => ({
  id: key.keyId,
  account: key.account,
  name: key.name,
  scopes: key.scopes.join(','),
  ...limitFields(key.limits),
  cache: key.cache === undefined ? 'as account' : onOff(key.cache),
  models: key.models?.join(',') ?? 'all',
  created: toDay(key.createdAt),
  revoked: key.revokedAt ? toDay(key.revokedAt) : '',
});

const accountFields = (account: AccountAnswer) => ({
  account: account.account,
  ...limitFields(account.limits),
  cache: onOff(account.cache),
  created: toDay(account.createdAt),
});

const onOff = (on: boolean): string => (on ? 'on' : 'off');

export const printKey = (answer: unknown): string => formatFields(keyFields(v.parse(keyAnswer, answer)));

export const printNewKey = (answer: unknown): string => {
  const { key, ...shown } = v.parse(newKeyAnswer, answer);
  return `${key}\n\nKeep it now: only its hash is stored, so it cannot be shown again.\n\n${formatFields(keyFields(shown))}`;
};

export const printKeys = (answer: unknown): string => {
  const { keys } = v.parse(keysAnswer, answer);
  return keys.length > 0 ? formatTable(keys.map(keyFields)) : 'No keys yet. Make one with keys create.';
};

export const printAccount = (answer: unknown): string => formatFields(accountFields(v.parse(accountAnswer, answer)));

export const printAccounts = (answer: unknown): string => {
  const { accounts } = v.parse(accountsAnswer, answer);
  return accounts.length > 0
    ? formatTable(accounts.map(accountFields))
    : 'No accounts yet. An account is made with its first key.';
};
