import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { ChatEvent } from '../../lambdas/core/chat/events';
import { ProviderError } from '../../lambdas/core/errors';
import type { Caller } from '../../lambdas/core/keys/account';
import { anAccount, anApiKey } from '../support/caller';
import type { GatewayTables, Script } from '../support/gateway';
import { aBody } from '../support/gateway';

const USAGE = { input: 100, output: 40, cacheRead: 10, cacheWrite5m: 5, cacheWrite1h: 0 };

const callerOf = (
  accountId: string,
  changes: Pick<Caller['key'], 'keyId' | 'limits'> & { cache?: boolean },
): Caller => ({
  account: anAccount({ accountId }),
  key: anApiKey({ accountId, ...changes }),
});

const WIDE = { requestsPerMinute: 1_000_000, tokensPerMinute: 1_000_000_000 };

/** What a request of a kind sends, who sends it, and how often in a hundred. */
export type Kind = {
  name: string;
  share: number;
  caller: Caller;
  body: (index: number) => unknown;
};

const ask = (content: string, of: Record<string, unknown> = {}) =>
  aBody({ messages: [{ role: 'user', content }], ...of });

export const KINDS: readonly Kind[] = [
  {
    name: 'success',
    share: 34,
    caller: callerOf('acme', { keyId: 'plain', limits: {} }),
    body: (index) => ask(`answer ${index}`),
  },
  {
    name: 'streamed',
    share: 20,
    caller: callerOf('acme', { keyId: 'limited', limits: WIDE }),
    body: (index) => ask(`answer ${index}`, { stream: true, model: 'nova-lite' }),
  },
  {
    name: 'cached',
    share: 14,
    caller: callerOf('globex', { keyId: 'cached', limits: {}, cache: true }),
    body: (index) => ask(`answer ${index % 40}`, { stream: index % 2 === 0 }),
  },
  {
    name: 'refused as invalid',
    share: 6,
    caller: callerOf('globex', { keyId: 'clumsy', limits: {} }),
    body: () => ({ model: 'claude-haiku-4-5', messages: 'none' }),
  },
  {
    name: 'refused for an unknown model',
    share: 3,
    caller: callerOf('globex', { keyId: 'curious', limits: {} }),
    body: (index) => ask('answer', { model: `no-such-model-${index}` }),
  },
  {
    name: 'rate limited',
    share: 7,
    caller: callerOf('initech', { keyId: 'hasty', limits: { requestsPerMinute: 5 } }),
    body: (index) => ask(`answer ${index}`),
  },
  {
    name: 'over budget',
    share: 3,
    caller: callerOf('initech', { keyId: 'poor', limits: { budget: { nanoUsd: 10_000, period: 'day' } } }),
    body: (index) => ask(`answer ${index}`),
  },
  {
    name: 'failed over',
    share: 6,
    caller: callerOf('acme', { keyId: 'limited', limits: WIDE }),
    body: (index) => ask(`fail-over ${index}`, { model: 'fast' }),
  },
  {
    name: 'failed',
    share: 3,
    caller: callerOf('acme', { keyId: 'plain', limits: {} }),
    body: (index) => ask(`reject ${index}`),
  },
  {
    name: 'cut after its first words',
    share: 2,
    caller: callerOf('acme', { keyId: 'limited', limits: WIDE }),
    body: (index) => ask(`cut ${index}`, { stream: true }),
  },
  {
    name: 'abandoned',
    share: 2,
    caller: callerOf('globex', { keyId: 'doomed', limits: WIDE }),
    body: (index) => ask(`answer ${index}`, { user: DOOMED }),
  },
];

/** The kind of the request with this number: kinds take turns, in their shares. */
const TURNS = KINDS.flatMap((kind) => Array.from({ length: kind.share }, () => kind));
export const kindOf = (index: number): Kind => {
  const kind = TURNS[(index * 37) % TURNS.length];
  if (kind === undefined) throw new Error('There are no kinds of requests.');
  return kind;
};

const DOOMED = 'doomed';

/** A client whose process dies when the terminal record of a doomed request is written. */
export const killing = (client: DynamoDBClient, { ledger }: GatewayTables): DynamoDBClient =>
  new Proxy(client, {
    get: (target, name) => {
      if (name !== 'send') return Reflect.get(target, name, target);
      return async (command: { input: object }, ...rest: unknown[]) => {
        const { TableName, Item } = { TableName: '', Item: {}, ...command.input };
        const { sk, userId } = { sk: { S: '' }, userId: { S: '' }, ...Item };
        if (TableName === ledger && sk.S === 'record' && userId.S === DOOMED) throw new Error('The process died.');
        return Reflect.apply(target.send, target, [command, ...rest]);
      };
    },
  });

const words: ChatEvent[] = [
  { type: 'text', text: 'Well, ' },
  { type: 'text', text: 'yes.' },
];

const throttled = () =>
  new ProviderError('throttled', 'Too many requests.', { retryable: false, fallback: true, maybeBilled: false });

const rejected = () =>
  new ProviderError('rejected', 'No such parameter.', { retryable: false, fallback: false, maybeBilled: false });

const cut = () =>
  new ProviderError('cut', 'The stream ended.', { retryable: false, fallback: true, maybeBilled: true });

/** A provider that does what the text of the message says. */
export const scriptOf: Script = ({ call, target }) => {
  const said = JSON.stringify(call.messages);
  if (said.includes('reject')) return [rejected()];
  if (said.includes('fail-over') && target.model === 'nova-lite') return [throttled()];
  if (said.includes('cut')) return [...words, cut()];
  return [...words, { type: 'finish', reason: 'stop', usage: USAGE }];
};
