import * as v from 'valibot';
import type { LocalMachine } from '../../support/local-machine';

/** What a key may be created with, in the words of the management function. */
export type NewKey = {
  account?: string;
  scopes?: readonly ('chat' | 'metrics' | 'telemetry' | 'debug')[];
  rpm?: number;
  tpm?: number;
  budget?: { nanoUsd: number; period: 'day' | 'month' };
  cache?: boolean;
  models?: readonly string[];
};

export type TestKey = { key: string; keyId: string; account: string };

const created = v.object({ key: v.string(), keyId: v.string(), account: v.string() });

/** What the management function answers to an action of an operator. */
export const manage = async (machine: LocalMachine, action: string, fields: object): Promise<unknown> => {
  const payload = Buffer.from(JSON.stringify({ action, ...fields }));
  const answer = await machine.invoke(machine.functionName('Management'), payload);
  return JSON.parse(answer.payload.toString('utf8'));
};

let accounts = 0;

/** Makes a key, of an account of its own unless one is named. */
export const createKey = async (machine: LocalMachine, options: NewKey = {}): Promise<TestKey> => {
  accounts += 1;
  return v.parse(created, await manage(machine, 'keys.create', { account: `account-${accounts}`, ...options }));
};
