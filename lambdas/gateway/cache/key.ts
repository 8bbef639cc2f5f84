import { createHash } from 'node:crypto';
import type { Call } from '../../core/chat/call';
import type { Target } from '../../core/models/model';

/** Raise it whenever the translation to a provider, or the layout of an entry, changes what a call is answered with. */
export const TRANSLATOR_VERSION = 1;

/** JSON with sorted object keys: two calls that differ only in the order of keys ask for the same. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );

/**
 * The key of the entry under which `target` answers `call` for one account.
 * Covers everything that can change the answer: the whole call, the target, and the versions of catalogue and translator.
 * Returns `<accountId>#<sha256, base64url>`.
 */
export const cacheKey = (of: { accountId: string; call: Call; target: Target; catalogueVersion: string }): string => {
  const { model, ...question } = of.call;
  const { provider, providerModelId, region } = of.target;
  const parts = [TRANSLATOR_VERSION, of.catalogueVersion, of.accountId, provider, providerModelId, region, question];
  return `${of.accountId}#${createHash('sha256').update(canonical(parts)).digest('base64url')}`;
};
