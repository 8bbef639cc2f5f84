import { GatewayError } from '../../core/errors';
import type { Caller } from '../../core/keys/account';

/** What the cache may do for one request. */
export type CachePolicy =
  | { read: true; write: boolean }
  /** `state` is what the record says of a cache that was not asked. */
  | { read: false; write: boolean; state: 'off' | 'bypass' };

const POLICIES = {
  on: { read: true, write: true },
  off: { read: false, write: false, state: 'bypass' },
  refresh: { read: false, write: true, state: 'bypass' },
} as const satisfies Record<string, CachePolicy>;

const isPolicy = (word: string): word is keyof typeof POLICIES => Object.hasOwn(POLICIES, word);

const requested = (headers: Readonly<Record<string, string>>): CachePolicy | undefined => {
  const word = headers['x-fluxgate-cache']?.trim().toLowerCase();
  if (word === undefined) return undefined;
  if (isPolicy(word)) return POLICIES[word];
  throw new GatewayError('invalid_request', 'The header X-Fluxgate-Cache must be "on", "off" or "refresh".', {
    param: 'X-Fluxgate-Cache',
  });
};

/**
 * The cache is opt-in: by the key, else by its account, and for one request by `X-Fluxgate-Cache`.
 * `Cache-Control` can only narrow it: `no-store` turns it off, `no-cache` asks for a fresh answer.
 */
export const cachePolicy = (caller: Caller, headers: Readonly<Record<string, string>>): CachePolicy => {
  const optedIn = caller.key.cache ?? caller.account.cache;
  const chosen = requested(headers) ?? (optedIn ? POLICIES.on : ({ read: false, write: false, state: 'off' } as const));
  const directives = (headers['cache-control'] ?? '')
    .toLowerCase()
    .split(',')
    .map((directive) => directive.trim());
  if (directives.includes('no-store') && chosen.write) return POLICIES.off;
  if (directives.includes('no-cache') && chosen.read) return POLICIES.refresh;
  return chosen;
};
