import { formatBudget, parseBudget } from '../../lambdas/core/keys/budget';
import { UsageError } from './usage-error';

/** A command-line option and the field of the action that it fills. */
export type Option = {
  field: string;
  help: string;
  /** How the value is shown in the help; absent for a flag without a value. */
  hint?: string;
  required?: true;
  /** Reads the value; a flag's text is empty. Throws `UsageError`. */
  read(text: string): unknown;
};

const text = (value: string): string => value;

const list = (value: string): string[] =>
  value
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

const count = (value: string): number => {
  if (/^[1-9]\d{0,11}$/.test(value)) return Number(value);
  throw new UsageError(`must be a whole number above 0, not "${value}"`);
};

const budget = (value: string) => {
  const read = parseBudget(value);
  if (read) return read;
  const example = formatBudget({ nanoUsd: 2_500_000_000, period: 'day' });
  throw new UsageError(`must be US dollars per day or month, such as 25/month or ${example}, not "${value}"`);
};

const orNone =
  (read: (value: string) => unknown) =>
  (value: string): unknown =>
    value === 'none' ? null : read(value);

export const ACCOUNT: Option = {
  field: 'account',
  hint: '<account>',
  required: true,
  help: 'whose key it is',
  read: text,
};

export const NEW_KEY: Record<string, Option> = {
  account: ACCOUNT,
  name: { field: 'name', hint: '<name>', help: 'what the key is for, for people', read: text },
  scopes: {
    field: 'scopes',
    hint: '<a,b>',
    help: 'what it may do: chat, metrics, telemetry, debug for X-Debug (default chat)',
    read: list,
  },
  rpm: { field: 'rpm', hint: '<n>', help: 'requests per minute', read: count },
  tpm: { field: 'tpm', hint: '<n>', help: 'tokens per minute', read: count },
  budget: { field: 'budget', hint: '<25/month>', help: 'US dollars per day or month', read: budget },
  models: { field: 'models', hint: '<a,b>', help: 'the only models it may call (default all)', read: list },
  cache: { field: 'cache', help: 'answer repeated requests from the exact cache', read: () => true },
};

export const CHANGED_LIMITS: Record<string, Option> = {
  rpm: { field: 'rpm', hint: '<n|none>', help: 'requests per minute', read: orNone(count) },
  tpm: { field: 'tpm', hint: '<n|none>', help: 'tokens per minute', read: orNone(count) },
  budget: { field: 'budget', hint: '<25/month|none>', help: 'US dollars per day or month', read: orNone(budget) },
  none: { field: 'none', help: 'remove every limit that is not named', read: () => true },
};

export const CACHE_OFF: Option = { field: 'cache', help: 'switch it off instead', read: () => false };

/** Understood by every command; they choose where it goes and how the answer is shown. */
export const GLOBAL: Record<string, Option> = {
  stack: {
    field: 'stack',
    hint: '<name>',
    help: 'a deployed stack, such as Fluxgate-dev (default: the local machine)',
    read: text,
  },
  region: {
    field: 'region',
    hint: '<region>',
    help: 'the Region of the stack (default: your AWS configuration)',
    read: text,
  },
  json: { field: 'json', help: 'print the answer as JSON', read: () => true },
  help: { field: 'help', help: 'print this', read: () => true },
};
