import type { ChatEvent } from '../../lambdas/core/chat/events';
import type { Usage } from '../../lambdas/core/chat/usage';
import type { Caller, Limits } from '../../lambdas/core/keys/account';

export const aUsage = (of: Partial<Usage> = {}): Usage => ({
  input: 10,
  output: 5,
  cacheRead: 0,
  cacheWrite5m: 0,
  cacheWrite1h: 0,
  ...of,
});

let callers = 0;

/** A caller of an account of its own, without limits unless they are given. */
export const aCaller = (of: { key?: Limits; account?: Limits; cache?: boolean; models?: string[] } = {}): Caller => {
  const id = `${++callers}${Date.now().toString(36)}`;
  return {
    account: {
      accountId: `acme${id}`,
      limits: of.account ?? {},
      cache: of.cache ?? false,
      createdAt: '2026-11-01T00:00:00Z',
    },
    key: {
      keyId: `k${id}`,
      accountId: `acme${id}`,
      name: 'test',
      hash: '',
      pepperVersion: '1',
      scopes: ['chat', 'metrics'],
      limits: of.key ?? {},
      ...(of.models && { models: of.models }),
      createdAt: '2026-11-01T00:00:00Z',
    },
  };
};

export const anAnswer = (text = 'Hello.', usage: Usage | undefined = aUsage()): ChatEvent[] => [
  { type: 'text', text },
  { type: 'finish', reason: 'stop', usage },
];
