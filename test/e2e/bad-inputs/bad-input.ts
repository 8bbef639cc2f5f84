import type { OutgoingHttpHeaders } from 'node:http';
import type { RefusalCode } from '../../../lambdas/core/errors';

/** One request that must be refused, and with what. */
export type BadInput = {
  name: string;
  status: number;
  code: RefusalCode;
  param?: string;
  method?: string;
  path?: string;
  /** Over those of a good request; undefined takes one away. */
  headers?: OutgoingHttpHeaders;
  body?: string | Buffer;
};

export const CHAT = '/v1/chat/completions';

/** A body that is accepted; `changes` shows what is wrong with it. */
export const bodyWith = (changes: object = {}): string =>
  JSON.stringify({
    model: 'claude-haiku-4-5',
    messages: [{ role: 'user', content: 'Hello' }],
    max_tokens: 20,
    ...changes,
  });
