import { LOGS } from './logs/logs-command';
import { ACCOUNT, CACHE_OFF, CHANGED_LIMITS, NEW_KEY, type Option } from './option';
import { printAccount, printAccounts, printKey, printKeys, printNewKey } from './print';
import type { Run } from './run';
import { TRACE } from './trace/trace-command';

type Described = {
  summary: string;
  /** The field that the one positional argument fills. */
  argument?: { field: string; hint: string; optional?: true };
  options: Readonly<Record<string, Option>>;
};

/** One thing that the management function does. */
export type ManagementCommand = Described & {
  /** The action of the management function. */
  action: string;
  /** Fields that are sent unless an option says otherwise. */
  defaults?: Readonly<Record<string, unknown>>;
  /** Shows the answer to people. */
  print(answer: unknown): string;
};

/** One thing that the command line does itself. Throws `UsageError`. */
export type OwnCommand = Described & { run: Run };

/** One thing the command line can do. */
export type Command = ManagementCommand | OwnCommand;

const KEY_ID = { field: 'keyId', hint: '<key id>' };

export const COMMANDS: Readonly<Record<string, Command>> = {
  'keys create': {
    summary: 'make a key, and its account when that is new',
    action: 'keys.create',
    options: NEW_KEY,
    print: printNewKey,
  },
  'keys list': {
    summary: 'list the keys of one account, or all',
    action: 'keys.list',
    options: { account: { ...ACCOUNT, required: undefined, help: 'only the keys of this account' } },
    print: printKeys,
  },
  'keys revoke': {
    summary: 'end a key',
    action: 'keys.revoke',
    argument: KEY_ID,
    options: {},
    print: printKey,
  },
  'keys limit': {
    summary: 'change the limits of a key',
    action: 'keys.limit',
    argument: KEY_ID,
    options: CHANGED_LIMITS,
    print: printKey,
  },
  'accounts list': {
    summary: 'list the accounts',
    action: 'accounts.list',
    options: {},
    print: printAccounts,
  },
  'accounts get': {
    summary: 'show one account',
    action: 'accounts.get',
    options: { account: { ...ACCOUNT, help: 'which account' } },
    print: printAccount,
  },
  'accounts limit': {
    summary: 'change the limits that all keys of an account share',
    action: 'accounts.limit',
    options: { account: { ...ACCOUNT, help: 'which account' }, ...CHANGED_LIMITS },
    print: printAccount,
  },
  'accounts cache': {
    summary: 'switch the exact cache on for an account',
    action: 'accounts.cache',
    options: { account: { ...ACCOUNT, help: 'which account' }, off: CACHE_OFF },
    defaults: { cache: true },
    print: printAccount,
  },
  logs: LOGS,
  trace: TRACE,
};
